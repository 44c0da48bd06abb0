package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the detectors and the topology add to the processor time of taking in a line, at the same
/// rate in turn with and without them: on, off, off, on. Takes about three minutes.
///
/// The lines are written by the clock, 20,000 a second unless `-Dnetsentinel.detection.rate=N` says
/// so otherwise. A machine that does not keep up has them all in the end; at which rate it had is
/// told.
@Tag("long")
final class DetectionCostBenchmark {
    private static final int RATE = Integer.getInteger("netsentinel.detection.rate", 20_000);
    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 20;
    private static final int PER_SECOND = 20;
    private static final double MOST_PERCENT = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    /// @param micros processor time of a line
    /// @param rate lines a second that were taken in and looked at
    private record Cost(double micros, double rate) {
        Cost with(Cost other) {
            return new Cost((micros + other.micros) / 2, (rate + other.rate) / 2);
        }
    }

    @Test
    void detectionAddsNoMoreThanAQuarterToTheProcessorTimeOfALine() throws IOException {
        Cost on = cost(true, 1);
        Cost off = cost(false, 2);
        off = off.with(cost(false, 3));
        on = on.with(cost(true, 4));
        double percent = 100 * (on.micros() - off.micros()) / off.micros();
        try (Results results = Results.of("detection")) {
            results.add(
                    "lines a second, of " + RATE,
                    on.rate(),
                    "1/s",
                    "without detection",
                    off.rate());
            results.add(
                    "processor time of a line",
                    on.micros(),
                    "us",
                    "without detection",
                    off.micros());
            results.add("detection adds", percent, "%");
        }
        assertThat(percent).isLessThanOrEqualTo(MOST_PERCENT);
    }

    private Cost cost(boolean detection, int round) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data-" + round));
        Path file = folder.resolve("eve-" + round + ".json");
        EveStream stream = new EveStream();
        stream.append(file, 1);
        Launch launch =
                Launch.of(
                                "serve",
                                "--port",
                                "0",
                                "--data",
                                data.toString(),
                                "--eve",
                                file.toString())
                        .environment("NETSENTINEL_DETECTION_ENABLED", Boolean.toString(detection));
        try (ServerProcess server =
                ServerProcess.start(launch, folder.resolve("server-" + round + ".log"))) {
            HttpApi admin = HttpApi.admin(server, data);
            feed(stream, file, admin, WARM_UP_SECONDS);
            long lines = stream.count();
            Usage before = Usage.of(server);
            long began = System.nanoTime();
            feed(stream, file, admin, SECONDS);
            double seconds = (System.nanoTime() - began) / 1e9;
            Duration used = Usage.of(server).processor().minus(before.processor());
            long count = stream.count() - lines;
            return new Cost(used.toNanos() / 1e3 / count, count / seconds);
        } finally {
            Files.delete(file);
        }
    }

    /// Appends by the clock, and waits until all of it is committed and looked at.
    private static void feed(EveStream stream, Path file, HttpApi admin, int seconds) {
        long start = System.nanoTime();
        for (int step = 0; step < seconds * PER_SECOND; step++) {
            long due = start + step * 1_000_000_000L / PER_SECOND;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            stream.append(file, RATE / PER_SECOND);
        }
        Await.until(
                "all is committed",
                PATIENCE,
                () -> SourceView.of(admin).accepted() == stream.count());
        Await.until(
                "all is looked at",
                PATIENCE,
                () -> HttpApi.json(admin.get("/api/detectors")).path("behind").asLong() == 0);
        assertThat(SourceView.of(admin).deadLetters()).isZero();
    }
}
