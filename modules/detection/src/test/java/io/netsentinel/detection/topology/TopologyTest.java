package io.netsentinel.detection.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.detection.Detection;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.Topology;
import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import io.netsentinel.detection.TopologyNews;
import io.netsentinel.detection.TopologySettings;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopologyTest {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final String CLIENT = "10.0.0.7";
    private static final String SERVER = "10.0.0.9";
    private static final String OUTSIDE = "198.51.100.7";

    @TempDir private Path directory;

    @Test
    void hostsServicesAndEdgesAreKeptWithTimesBytesAndRoles() {
        try (Server server = new Server(directory, settings(1_000))) {
            server.publish(
                    flow(0, CLIENT, SERVER, 443, "tls"),
                    flow(60, CLIENT, SERVER, 443, "tls"),
                    flow(90, CLIENT, OUTSIDE, 53, "dns"));
            TopologyMap map = server.await(2);

            TopologyEdge edge = edge(map, SERVER);
            assertThat(edge.connections()).isEqualTo(2);
            assertThat(edge.bytesOut()).isEqualTo(200);
            assertThat(edge.bytesIn()).isEqualTo(2_000);
            assertThat(edge.first()).isEqualTo(START);
            assertThat(edge.last()).isEqualTo(START.plusSeconds(61));
            assertThat(edge.protocols()).containsExactly("tls");
            assertThat(host(map, SERVER).role()).isEqualTo("web");
            assertThat(host(map, SERVER).services())
                    .extracting(TopologyHost.Service::port)
                    .containsExactly(443);
            assertThat(host(map, CLIENT).role()).isEqualTo("client");
            assertThat(host(map, CLIENT).cluster()).isEqualTo("10.0.0.0/24");
            assertThat(host(map, CLIENT).bytesOut()).isEqualTo(300);
            assertThat(host(map, OUTSIDE).role()).isEqualTo("internet");
        }
    }

    @Test
    void nothingIsCountedTwiceThroughAStopAndNothingIsLost() {
        try (Server server = new Server(directory, settings(1_000))) {
            server.publish(flow(0, CLIENT, SERVER, 443, "tls"));
            server.await(1);
        }
        try (Server server = new Server(directory, settings(1_000))) {
            server.publish(flow(5, CLIENT, SERVER, 443, "tls"));
            until(() ->
                    server.topology.now(100).edges().stream()
                            .anyMatch(edge -> edge.connections() == 2));
            assertThat(edge(server.topology.now(100), SERVER).bytesOut()).isEqualTo(200);
        }
        try (Server server = new Server(directory, settings(1_000))) {
            until(() -> !server.topology.now(100).edges().isEmpty());
            assertThat(edge(server.topology.now(100), SERVER).connections()).isEqualTo(2);
        }
    }

    @Test
    void anyMomentThatWasToldCanBeLookedAtAgain() {
        try (Server server = new Server(directory, settings(1_000))) {
            Instant before = Instant.now();
            server.publish(flow(0, CLIENT, SERVER, 443, "tls"));
            server.awaitTold(SERVER);
            Instant between = Instant.now();
            until(() -> Instant.now().isAfter(between.plusMillis(5)));
            server.publish(flow(9, CLIENT, OUTSIDE, 53, "dns"));
            server.awaitTold(OUTSIDE);

            assertThat(server.topology.at(before, 100)).isEmpty();
            assertThat(server.topology.at(between, 100).orElseThrow().edges())
                    .extracting(TopologyEdge::destination)
                    .containsExactly(SERVER);
            assertThat(server.topology.at(Instant.now(), 100).orElseThrow().edges())
                    .extracting(TopologyEdge::destination)
                    .containsExactlyInAnyOrder(SERVER, OUTSIDE);
        }
    }

    @Test
    void whatTheChannelTellsIsReadAsWhatIsKnown() {
        try (Server server = new Server(directory, settings(1_000))) {
            server.publish(flow(0, CLIENT, SERVER, 443, "tls"));
            TopologyMap map = server.await(1);
            server.awaitTold(SERVER);
            TopologyNews news = server.told().getFirst();
            assertThat(news.action()).isEqualTo("whole");
            assertThat(news.hosts()).containsExactlyInAnyOrderElementsOf(map.hosts());
            assertThat(news.edges()).isEqualTo(map.edges());
            assertThat(news.size()).isEqualTo(map.size());
            assertThat(news.goneHosts()).isEmpty();
        }
    }

    @Test
    void anAttackFromInventedAddressesPushesOutItsOwnKindAndIsReported() {
        try (Server server = new Server(directory, settings(100))) {
            server.publish(flow(0, CLIENT, SERVER, 443, "tls"));
            List<Event> attack = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                attack.add(flow(1, "198.51." + i / 250 + "." + i % 250, SERVER, 80, "http"));
            }
            server.publish(attack.toArray(Event[]::new));
            until(() -> server.topology.now(1).lost().hosts() > 0 && server.looked() == 1_001);

            TopologyMap map = server.topology.now(1_000);
            assertThat(map.size().hosts()).isLessThanOrEqualTo(100);
            assertThat(map.size().edges()).isLessThanOrEqualTo(100);
            assertThat(map.lost().hosts()).isGreaterThanOrEqualTo(900);
            assertThat(edge(map, SERVER).source()).isNotEmpty();
            assertThat(map.hosts()).extracting(TopologyHost::ip).contains(CLIENT, SERVER);
        }
    }

    @Test
    void newcomersAreToldWhenTheNetworkIsKnownForLongEnoughAndOpenNothing() {
        try (Server server = new Server(directory, settings(1_000))) {
            server.publish(flow(0, CLIENT, SERVER, 443, "tls"));
            server.publish(flow(90_000, CLIENT, SERVER, 22, "ssh"));
            server.publish(flow(90_001, "10.0.0.66", SERVER, 443, "tls"));
            until(() -> server.findings().size() == 2);

            assertThat(server.findings())
                    .extracting(event -> event.text(Fields.MESSAGE))
                    .containsExactly(
                            "10.0.0.9 answers at tcp port 22, which it did not before in the 25 hours this network is known",
                            "10.0.0.66 was not seen before in the 25 hours this network is known");
            assertThat(server.findings()).allMatch(event -> event.score() == 21);
        }
    }

    @Test
    void whatWasTriedInVainIsNoEdge() {
        try (Server server = new Server(directory, settings(1_000))) {
            server.publish(
                    io.netsentinel.detection.finding.Traffic.unanswered(0, CLIENT, SERVER, 80),
                    io.netsentinel.detection.finding.Traffic.unanswered(0, OUTSIDE, SERVER, 80));
            until(() -> server.looked() == 2);
            assertThat(server.topology.now(10).edges()).isEmpty();
            assertThat(server.topology.now(10).hosts())
                    .extracting(TopologyHost::ip)
                    .containsExactly(CLIENT);
        }
    }

    @Test
    void aHostIsDrawnAtTheSamePlaceForEver() {
        assertThat(Place.of(CLIENT)).isEqualTo(Place.of(CLIENT));
        assertThat(Place.of(CLIENT)).isNotEqualTo(Place.of(SERVER));
        for (String ip : List.of(CLIENT, OUTSIDE, "2001:db8::1", "fd00::7", "no address")) {
            assertThat(Place.of(ip).x()).as(ip).isBetween(0.0, 1.0);
            assertThat(Place.of(ip).y()).as(ip).isBetween(0.0, 1.0);
        }
        assertThat(Place.of("2001:db8::1").cluster()).isEqualTo("2001:db8::/32");
    }

    private static TopologySettings settings(int most) {
        return new TopologySettings(
                true,
                most,
                most,
                64,
                Duration.ofDays(1),
                Duration.ofSeconds(1),
                Duration.ofDays(7));
    }

    private static TopologyEdge edge(TopologyMap map, String destination) {
        return map.edges().stream()
                .filter(edge -> edge.destination().equals(destination))
                .findFirst()
                .orElseThrow();
    }

    private static TopologyHost host(TopologyMap map, String ip) {
        return map.hosts().stream().filter(host -> host.ip().equals(ip)).findFirst().orElseThrow();
    }

    private static Event flow(int second, String source, String target, int port, String protocol) {
        return Event.builder()
                .timestamp(START.plusSeconds(second + 60))
                .put(Fields.EVENT_DATASET, "suricata.flow")
                .put(Fields.EVENT_START, START.plusSeconds(second))
                .put(Fields.EVENT_END, START.plusSeconds(second + 1))
                .put(Fields.SOURCE_IP, source)
                .put(Fields.DESTINATION_IP, target)
                .put(Fields.DESTINATION_PORT, (long) port)
                .put(Fields.NETWORK_TRANSPORT, "tcp")
                .put(Fields.NETWORK_PROTOCOL, protocol)
                .put(Fields.SOURCE_PACKETS, 9L)
                .put(Fields.DESTINATION_PACKETS, 9L)
                .put(Fields.SOURCE_BYTES, 100L)
                .put(Fields.DESTINATION_BYTES, 1_000L)
                .put(Fields.NS_TCP_FLAGS, "1b")
                .build();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static final class Server implements AutoCloseable {
        private final EventLog log;
        private final Hub hub;
        private final Topology topology;
        private final Detection detection;

        Server(Path directory, TopologySettings settings) {
            log = EventLog.open(directory, LogSettings.defaults());
            hub = Hub.create(log, HubSettings.defaults(), List.of());
            topology = Topology.create(log, settings, Clock.systemUTC());
            detection =
                    Detection.start(
                            log,
                            hub,
                            DetectionSettings.defaults(),
                            List.of(topology.detector()),
                            Clock.systemUTC());
        }

        void publish(Event... events) {
            List<Entry> entries =
                    List.of(events).stream()
                            .map(event -> Entry.of(Channel.NETWORK, event.toJson()))
                            .toList();
            hub.publish(new Append(entries, List.of(), Optional.empty())).join();
        }

        long looked() {
            return detection.seen();
        }

        TopologyMap await(int edges) {
            until(() -> topology.now(100).edges().size() == edges);
            return topology.now(100);
        }

        /// Until the channel tells of an edge to a host, and with it up to where everything is.
        void awaitTold(String destination) {
            until(() ->
                    topology.at(Instant.now(), 100).stream()
                            .flatMap(map -> map.edges().stream())
                            .anyMatch(edge -> edge.destination().equals(destination)));
        }

        List<TopologyNews> told() {
            return log.read(Channel.TOPOLOGY, 0, 100, 1 << 20).join().records().stream()
                    .map(record -> TopologyNews.of(record.payload()))
                    .toList();
        }

        List<Event> findings() {
            return log.read(Channel.THREATS, 0, 100, 1 << 20).join().records().stream()
                    .map(record -> Event.fromJson(record.payload()))
                    .filter(event -> event.text(Fields.RULE_ID).equals("ns.newcomer"))
                    .toList();
        }

        @Override
        public void close() {
            detection.close();
            hub.close();
            log.close();
        }
    }
}
