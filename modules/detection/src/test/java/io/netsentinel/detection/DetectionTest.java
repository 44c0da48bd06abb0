package io.netsentinel.detection;

import static io.netsentinel.detection.finding.Traffic.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetectionTest {
    private static final String HOST = "10.0.0.7";

    @TempDir private Path directory;

    @Test
    void whatIsFoundStandsOnThreats() {
        try (Server server = new Server(directory)) {
            server.scan(1, 20);
            server.awaitLooked(20);
            assertThat(server.findings()).hasSize(1);
            assertThat(server.detection.detectors())
                    .extracting(DetectorStatus::name, DetectorStatus::findings)
                    .contains(org.assertj.core.groups.Tuple.tuple("scan", 1L));
        }
    }

    @Test
    void aRestartInTheMiddleOfAScanNeitherLosesNorDoublesIt() {
        try (Server server = new Server(directory)) {
            server.scan(1, 10);
            server.awaitLooked(10);
            assertThat(server.findings()).isEmpty();
        }
        try (Server server = new Server(directory)) {
            server.scan(11, 10);
            server.awaitLooked(20);
            assertThat(server.findings()).hasSize(1);
        }
        try (Server server = new Server(directory)) {
            server.scan(21, 30);
            server.awaitLooked(50);
            assertThat(server.findings()).hasSize(1);
        }
    }

    @Test
    void nothingIsLookedAtWhenItIsSwitchedOff() {
        DetectionSettings on = DetectionSettings.defaults();
        DetectionSettings off =
                new DetectionSettings(
                        false,
                        on.scanTargets(),
                        on.scanWindow(),
                        on.loginAttempts(),
                        on.loginWindow(),
                        on.tunnelNames(),
                        on.tunnelLength(),
                        on.tunnelWindow(),
                        on.quiet(),
                        on.tracked(),
                        on.ignored(),
                        on.rules(),
                        on.anomalies(),
                        on.indicators());
        try (Server server = new Server(directory, off)) {
            server.scan(1, 20);
            assertThat(server.detection.detectors()).isEmpty();
        }
    }

    private static final class Server implements AutoCloseable {
        private final EventLog log;
        private final Hub hub;
        private final Detection detection;

        Server(Path directory) {
            this(directory, DetectionSettings.defaults());
        }

        Server(Path directory, DetectionSettings settings) {
            log = EventLog.open(directory, LogSettings.defaults());
            hub = Hub.create(log, HubSettings.defaults(), List.of());
            detection = Detection.start(log, hub, settings, List.of(), Clock.systemUTC());
        }

        void scan(int firstPort, int count) {
            List<Entry> entries =
                    java.util.stream.IntStream.range(firstPort, firstPort + count)
                            .mapToObj(port -> unanswered(port, HOST, "192.0.2.1", port))
                            .map(event -> Entry.of(Channel.NETWORK, event.toJson()))
                            .toList();
            hub.publish(new Append(entries, List.of(), Optional.empty())).join();
        }

        /// Until it is committed that the detectors have looked at so many events.
        void awaitLooked(long events) {
            String place = "network " + events;
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (log.bookmark("ns.detection")
                    .filter(bytes ->
                            new String(bytes, StandardCharsets.UTF_8).contains(place + "\n")
                                    || new String(bytes, StandardCharsets.UTF_8).endsWith(place))
                    .isEmpty()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
                LockSupport.parkNanos(1_000_000);
            }
        }

        List<Event> findings() {
            return log
                    .readBefore(Channel.THREATS, Long.MAX_VALUE, 100, 1 << 20)
                    .join()
                    .records()
                    .stream()
                    .map(record -> Event.fromJson(record.payload()))
                    .filter(event -> event.text(Fields.EVENT_MODULE).equals("netsentinel"))
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
