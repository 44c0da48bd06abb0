package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many EVE lines a second go from a followed file through the commit to a live subscriber, for
/// a minute: the file always has more. Beside it, in the same run, what one thread does that reads
/// the same file and only parses each line with Jackson. Takes about 90 seconds and 6 GB of disk.
@Tag("long")
final class IngestSpeedIT {
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 60;
    private static final int REFERENCE_SECONDS = 8;
    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final long AHEAD = 100_000;
    private static final int PIECE = 10_000;

    @TempDir private Path folder;

    @Test
    void aFollowedFileIsTakenInForAMinuteWithOneLiveSubscriber() throws IOException {
        Path file = folder.resolve("eve.json");
        Path data = Files.createDirectory(folder.resolve("data"));
        EveStream stream = new EveStream();
        stream.append(file, AHEAD);
        Seen ours;
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", file.toString())) {
            HttpApi admin = HttpApi.admin(server, data);
            try (StreamReader reader = new StreamReader(admin);
                    Sensor sensor = new Sensor(stream, file, reader)) {
                ours = measure(server, reader);
                sensor.stop();
                Await.until("all is delivered", DRAIN, () -> reader.count() == stream.count());
            }
            assertThat(SourceView.of(admin).accepted()).isEqualTo(stream.count());
        }
        double parsing = parse(file);
        try (Results results = Results.of("ingest")) {
            results.add(
                    "EVE lines, committed and delivered",
                    ours.perSecond(),
                    "1/s",
                    "only parsed, one thread",
                    parsing);
            results.add("in the last third of the time", ours.lastThird(), "1/s");
            results.add("processor time a line", ours.micros(), "us");
            results.add("memory at most", ours.peak(), "MiB");
        }
    }

    /// @param perSecond lines delivered a second, over all
    /// @param lastThird the same when more of the code is compiled
    private record Seen(double perSecond, double lastThird, double micros, long peak) {}

    private static Seen measure(ServerProcess server, StreamReader reader) {
        pause(WARM_UP_SECONDS);
        long start = System.nanoTime();
        long before = reader.count();
        Usage used = Usage.of(server);
        pause(SECONDS * 2 / 3);
        long late = reader.count();
        long since = System.nanoTime();
        pause(SECONDS / 3);
        long end = System.nanoTime();
        long lines = reader.count() - before;
        Usage after = Usage.of(server);
        return new Seen(
                lines * 1e9 / (end - start),
                (before + lines - late) * 1e9 / (end - since),
                after.processor().minus(used.processor()).toNanos() / 1e3 / lines,
                after.peak());
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /// One thread that makes a tree of each line, as a program without a log would at least do.
    private static double parse(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        long lines = 0;
        long types = 0;
        long start = System.nanoTime();
        long end = start + REFERENCE_SECONDS * 1_000_000_000L;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine();
                    line != null && System.nanoTime() < end;
                    line = in.readLine()) {
                types += json.readTree(line).path("event_type").isTextual() ? 1 : 0;
                lines++;
            }
        }
        assertThat(types).isEqualTo(lines);
        return lines / ((System.nanoTime() - start) / 1e9);
    }

    /// Writes the file so that there is always more to read, like a sensor that is a little faster.
    private static final class Sensor implements AutoCloseable {
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread;

        Sensor(EveStream stream, Path file, StreamReader reader) {
            thread =
                    Thread.ofPlatform()
                            .name("sensor")
                            .start(() -> {
                                while (!stopped.get()) {
                                    if (stream.count() - reader.count() < AHEAD) {
                                        stream.append(file, PIECE);
                                    } else {
                                        LockSupport.parkNanos(10_000_000);
                                    }
                                }
                            });
        }

        @Override
        public void close() {
            stop();
        }

        void stop() {
            stopped.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
