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
/// `-Dnetsentinel.detection.rate=N` takes another rate than 10,000 lines a second.
@Tag("long")
final class DetectionCostBenchmark {
    private static final int RATE = Integer.getInteger("netsentinel.detection.rate", 10_000);
    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 20;
    private static final int PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void processorTimeOfALineWithAndWithoutDetection() throws IOException {
        double on = micros(true, 1);
        double off = micros(false, 2);
        off = (off + micros(false, 3)) / 2;
        on = (on + micros(true, 4)) / 2;
        try (Results results = Results.of("detection")) {
            results.add("processor time of a line", on, "us", "without detection", off);
            results.add("detection adds", 100 * (on - off) / off, "%");
        }
    }

    private double micros(boolean detection, int round) throws IOException {
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
            feed(stream, file, admin, SECONDS);
            Duration used = Usage.of(server).processor().minus(before.processor());
            return used.toNanos() / 1e3 / (stream.count() - lines);
        } finally {
            Files.delete(file);
        }
    }

    /// Appends by the clock, and waits until all of it is committed.
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
        assertThat(SourceView.of(admin).deadLetters()).isZero();
    }
}
