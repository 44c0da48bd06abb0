package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();

    private EventLog open(LogSettings settings) {
        return Logs.open(directory, settings, clock);
    }

    private static void days(EventLog log, ManualClock clock, int days) {
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < 10; i++) {
                Logs.appendNumbers(log, "network", day * 1_000 + i * 20, day * 1_000 + i * 20 + 19);
                Logs.append(log, "alerts", "alert " + day + "/" + i);
            }
            fillSegment(log);
            clock.pass(DAY);
        }
    }

    /// The next segment is opened in the background: goes on until the log has switched to it.
    private static void fillSegment(EventLog log) {
        int segments = log.statistics().segments();
        for (int i = 0; log.statistics().segments() <= segments; i++) {
            Logs.append(log, "filler", "filler " + i);
        }
    }

    @Test
    void oldEventsAndTheirFilesGoAndTheRestStays() {
        LogSettings settings = Logs.keeping(Duration.ofDays(3), Map.of(), 150);
        try (EventLog log = open(settings)) {
            days(log, clock, 8);
            int before = log.statistics().segments();
            log.maintain();
            ChannelState network = log.state("network").orElseThrow();
            assertThat(network.tail()).isEqualTo(1_600);
            assertThat(network.first()).isBetween(1_001L, 1_201L);
            assertThat(log.statistics().segments()).isLessThan(before);
            Page page = log.read("network", 0, 1_000, 1 << 20).join();
            assertThat(page.missing())
                    .containsExactly(new Hole(1, network.first() - 1, Hole.Reason.RETENTION));
            assertThat(page.records().getFirst().offset()).isEqualTo(network.first());
            assertThat(Logs.readAll(log, "network", 0))
                    .hasSize((int) (1_600 - network.first() + 1));
        }
    }

    @Test
    void channelsKeptLongerAreCopiedForwardUnderTheSameOffsets() {
        LogSettings settings =
                Logs.keeping(Duration.ofDays(2), Map.of("alerts", Duration.ofDays(90)), 150);
        List<LogRecord> before;
        try (EventLog log = open(settings)) {
            days(log, clock, 8);
            before = Logs.readAll(log, "alerts", 0);
            assertThat(before).hasSize(80);
            log.maintain();
            assertThat(SegmentsTest.files(directory))
                    .anyMatch(f -> f.toString().contains("archive-"));
            assertThat(Logs.readAll(log, "alerts", 0)).usingRecursiveComparison().isEqualTo(before);
            assertThat(log.state("network").orElseThrow().first()).isGreaterThan(1_000);
            assertThat(log.state("alerts").orElseThrow().first()).isEqualTo(1);
        }
        try (EventLog log = open(settings)) {
            assertThat(Logs.readAll(log, "alerts", 0)).usingRecursiveComparison().isEqualTo(before);
            assertThat(Logs.holes(log, "alerts")).isEmpty();
            days(log, clock, 4);
            log.maintain();
            assertThat(Logs.readAll(log, "alerts", 0)).hasSize(120);
            assertThat(log.reports()).isEmpty();
            clock.pass(Duration.ofDays(100));
            log.maintain();
            assertThat(Logs.readAll(log, "alerts", 0)).isEmpty();
            assertThat(Logs.append(log, "alerts", "goes on").getFirst().offset()).isEqualTo(121);
        }
    }

    @Test
    void aStepOfTheWallClockExpiresNothing() {
        try (EventLog log = open(Logs.keeping(DAY, Map.of(), 100))) {
            days(log, clock, 1);
            clock.step(Duration.ofDays(3_650));
            log.maintain();
            assertThat(log.state("alerts").orElseThrow().first()).isEqualTo(1);
        }
    }

    @Test
    void aboveTheDiskLimitTheOldestFilesGo() {
        LogSettings settings = Logs.segmentsOf(1_000).withDisk(16 << 20, 0);
        try (EventLog log = open(settings)) {
            String[] texts = new String[20];
            java.util.Arrays.fill(texts, "x".repeat(20_000));
            int events = 0;
            while (events < 1_200) {
                Logs.append(log, "network", texts);
                events += texts.length;
            }
            // The active file cannot go, and the next one is opened in the background.
            while (log.statistics().segments() < 2) {
                Logs.append(log, "network", "small");
                events++;
            }
            log.maintain();
            assertThat(log.statistics().diskBytes()).isLessThanOrEqualTo(16 << 20);
            ChannelState network = log.state("network").orElseThrow();
            assertThat(network.first()).isGreaterThan(1);
            assertThat(Logs.readAll(log, "network", 0))
                    .hasSize((int) (events - network.first() + 1));
        }
    }

    @Test
    void aSegmentOfManySmallCommitsIsPacked() {
        LogSettings settings = Logs.segmentsOf(1_500);
        try (EventLog log = open(settings)) {
            for (int i = 1; i <= 4_000; i++) {
                Logs.append(log, "alerts", Integer.toString(i));
            }
            assertThat(log.statistics().segments()).isGreaterThan(1);
            long before = log.statistics().diskBytes();
            log.maintain();
            assertThat(log.statistics().diskBytes()).isLessThan(before / 2);
            assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, 4_000));
        }
        try (EventLog log = open(settings)) {
            assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, 4_000));
            assertThat(log.append(Logs.append("alerts", "next")).join().positions())
                    .extracting(Position::offset)
                    .containsExactly(4_001L);
        }
    }
}
