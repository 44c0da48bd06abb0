package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionsTest {

    @TempDir Path directory;

    /// Counts every event it is given: exactly once shows as exactly one.
    private record Counting(Store store, String poison) implements Projection {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Set<String> channels() {
            return Set.of("alerts", "audit");
        }

        @Override
        public void apply(String channel, String epoch, List<LogRecord> records, StoreBatch batch) {
            Table table = store.table("counts");
            for (LogRecord found : records) {
                if (Logs.text(found).equals(poison)) {
                    throw new IllegalStateException("cannot take this");
                }
                String key = channel + "/" + found.offset();
                int seen =
                        table.get(key).map(v -> Integer.parseInt(new String(v, UTF_8))).orElse(0);
                batch.put(table, key, Integer.toString(seen + 1).getBytes(UTF_8));
            }
        }
    }

    private static void assertEachOnce(EventLog log, int events) {
        List<Row> rows = log.store().table("counts").scan("alerts/", "alerts0", 100_000);
        assertThat(rows).hasSize(events);
        assertThat(rows).allMatch(row -> new String(row.value(), UTF_8).equals("1"));
    }

    private static void await(EventLog log, long offset) {
        log.projections().awaitApplied("counting", "alerts", offset).join();
    }

    @Test
    void itCatchesUpAndThenFollows() {
        try (EventLog log = Logs.open(directory)) {
            Logs.appendNumbers(log, "alerts", 1, 1_200);
            log.projections().register(new Counting(log.store(), ""));
            await(log, 1_200);
            assertEachOnce(log, 1_200);
            Logs.append(log, "alerts", "one more");
            await(log, 1_201);
            assertThat(log.projections().applied("counting", "alerts")).isEqualTo(1_201);
            assertEachOnce(log, 1_201);
        }
    }

    @Test
    void afterAReopeningItGoesOnWhereItWas() {
        try (EventLog log = Logs.open(directory)) {
            log.projections().register(new Counting(log.store(), ""));
            Logs.appendNumbers(log, "alerts", 1, 300);
            await(log, 300);
        }
        try (EventLog log = Logs.open(directory)) {
            Logs.appendNumbers(log, "alerts", 301, 400);
            log.projections().register(new Counting(log.store(), ""));
            await(log, 400);
            assertEachOnce(log, 400);
        }
    }

    @Test
    void anEventItCannotTakeIsSkippedCountedAndReported() {
        try (EventLog log = Logs.open(directory)) {
            Logs.appendNumbers(log, "alerts", 1, 100);
            log.projections().register(new Counting(log.store(), "50"));
            await(log, 100);
            assertThat(log.store().table("counts").get("alerts/50")).isEmpty();
            assertEachOnce(log, 99);
            assertThat(log.statistics().projectionFailures()).isEqualTo(1);
            assertThat(log.reports())
                    .anyMatch(r ->
                            r.kind() == StorageReport.Kind.PROJECTION_FAILED
                                    && r.message().contains("event 50 of channel alerts"));
        }
    }

    @Test
    void waitingForSomethingThatIsNotReadIsRefused() {
        try (EventLog log = Logs.open(directory)) {
            log.projections().register(new Counting(log.store(), ""));
            assertThatThrownBy(() -> log.projections().register(new Counting(log.store(), "")))
                    .hasMessageContaining("registered already");
            assertThatThrownBy(() -> log.projections().awaitApplied("counting", "network", 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.projections().applied("unknown", "alerts")).isZero();
        }
    }

    @Test
    void whoStillWaitsWhenTheLogClosesIsTold() {
        EventLog log = Logs.open(directory);
        log.projections().register(new Counting(log.store(), ""));
        var waiting = log.projections().awaitApplied("counting", "alerts", 10);
        log.close();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(LogClosedException.class);
    }

    @Test
    void aDestroyedMainDatabaseIsMadeAgainFromTheLog() throws IOException {
        try (EventLog log = Logs.open(directory)) {
            log.projections().register(new Counting(log.store(), ""));
            Logs.appendNumbers(log, "alerts", 1, 500);
            await(log, 500);
        }
        try (Stream<Path> files = Files.list(directory.resolve("store"))) {
            Path file =
                    files.filter(f -> f.toString().endsWith(".mv.db")).findFirst().orElseThrow();
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.write(new byte[(int) out.length()]);
            }
        }
        try (EventLog log = Logs.open(directory)) {
            log.projections().register(new Counting(log.store(), ""));
            await(log, 500);
            assertEachOnce(log, 500);
        }
    }
}
