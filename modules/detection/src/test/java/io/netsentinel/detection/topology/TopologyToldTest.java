package io.netsentinel.detection.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyNews;
import io.netsentinel.detection.TopologySettings;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopologyToldTest {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final int LONG = 8 * 24 * 3_600;
    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(2L * LONG), ZoneOffset.UTC);
    private static final String CLIENT = "10.0.0.7";
    private static final String SERVER = "10.0.0.9";
    private static final String LATE = "10.0.0.66";

    @TempDir private Path directory;

    @Test
    void whatCameJustBeforeAllThatHasChangedIsToldAsNewAllTheSame() {
        try (EventLog log = EventLog.open(directory, LogSettings.defaults())) {
            TopologyKeeper keeper = new TopologyKeeper(log, TopologySettings.defaults(), CLOCK);
            see(keeper, 0, CLIENT, SERVER);
            assertThat(told(keeper)).extracting(TopologyNews::action).containsExactly("whole");

            see(keeper, 1, LATE, SERVER);
            List<TopologyNews> told = told(keeper);
            assertThat(told).extracting(TopologyNews::action).containsExactly("new", "changed");
            assertThat(told.getFirst().hosts()).extracting(TopologyHost::ip).containsExactly(LATE);
            assertThat(told.getFirst().edges()).hasSize(1);
            assertThat(told(keeper)).extracting(TopologyNews::action).containsExactly("changed");
        }
    }

    @Test
    void whatWasForgottenIsToldAsGone() {
        Graph graph = forgotten();
        assertThat(graph.takeGoneHosts()).extracting(Host::ip).containsExactly(CLIENT);
        assertThat(graph.takeGoneEdges()).hasSize(1);
        assertThat(graph.takeGoneHosts()).isEmpty();
    }

    @Test
    void whatWasForgottenAndCameBackIsNotToldAsGone() {
        Graph graph = forgotten();
        graph.note(contact(LONG, CLIENT, SERVER));
        assertThat(graph.takeGoneHosts()).isEmpty();
        assertThat(graph.takeGoneEdges()).isEmpty();
    }

    /// The client was told of, and not seen for longer than a week; the server was.
    private static Graph forgotten() {
        Graph graph = new Graph(TopologySettings.defaults());
        graph.note(contact(0, CLIENT, SERVER));
        graph.hosts().forEach(Host::tell);
        graph.edges().forEach(Edge::tell);
        graph.note(contact(LONG, LATE, SERVER));
        graph.sweep();
        return graph;
    }

    private static List<TopologyNews> told(TopologyKeeper keeper) {
        return keeper.changes(Map.of(), true).stream()
                .map(entry -> TopologyNews.of(entry.payload()))
                .toList();
    }

    private static Contact contact(int second, String source, String destination) {
        return Contact.of(sighting(second, source, destination)).orElseThrow();
    }

    private static void see(TopologyKeeper keeper, int second, String source, String destination) {
        keeper.see(sighting(second, source, destination), new Nothing());
    }

    private static Sighting sighting(int second, String source, String destination) {
        Event event =
                Event.builder()
                        .timestamp(START.plusSeconds(second))
                        .put(Fields.EVENT_DATASET, "zeek.conn")
                        .put(Fields.SOURCE_IP, source)
                        .put(Fields.DESTINATION_IP, destination)
                        .put(Fields.DESTINATION_PORT, 443L)
                        .put(Fields.NETWORK_TRANSPORT, "tcp")
                        .put(Fields.SOURCE_PACKETS, 9L)
                        .put(Fields.DESTINATION_PACKETS, 9L)
                        .put(Fields.SOURCE_BYTES, 100L)
                        .put(Fields.DESTINATION_BYTES, 1_000L)
                        .put(Fields.NS_TCP_FLAGS, "1b")
                        .build();
        return Sighting.of(event, Channel.NETWORK, second + 1L);
    }

    /// The network is not known for long enough to find anything.
    private static final class Nothing implements Findings {
        @Override
        public boolean covers(Detector detector, String key, long at) {
            return false;
        }

        @Override
        public void report(Detector detector, Finding finding) {
            throw new AssertionError("found: " + finding);
        }
    }
}
