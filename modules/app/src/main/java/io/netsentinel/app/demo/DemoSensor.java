package io.netsentinel.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Plays a sensor: writes a capture's events into an `eve.json` as they happen, endlessly, and
/// rotates the file. The events of the past quarter of an hour are written first, so that nobody
/// looks at empty pages.
public final class DemoSensor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DemoSensor.class.getName());
    private static final Duration PAST = Duration.ofMinutes(15);
    private static final long ROTATE_BYTES = 32 << 20;

    private final Path file;
    private final Clock clock;
    private final Replay replay;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    private DemoSensor(Path capture, Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.replay = new Replay(Capture.read(capture), clock.instant().minus(PAST));
        this.thread = Thread.ofVirtual().name("demo-sensor").unstarted(this::run);
    }

    /// Starts to write.
    ///
    /// @param capture EVE lines, compressed by gzip
    /// @param file the `eve.json` to write
    public static DemoSensor start(Path capture, Path file, Clock clock) {
        DemoSensor sensor = new DemoSensor(capture, file, clock);
        sensor.thread.start();
        return sensor;
    }

    private void run() {
        try {
            Replay.Due due = replay.next();
            while (true) {
                due = writeFile(due);
                if (stopped.getCount() == 0) {
                    return;
                }
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the demo cannot write " + file, e);
        }
    }

    /// Writes one file until it is large. Returns the event that comes next.
    private Replay.Due writeFile(Replay.Due first) throws IOException {
        Replay.Due due = first;
        long written = 0;
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (written < ROTATE_BYTES && awaitTime(due.time())) {
                byte[] line = (due.event() + "\n").getBytes(StandardCharsets.UTF_8);
                out.write(line);
                written += line.length;
                due = replay.next();
            }
        }
        return due;
    }

    /// Returns false when the sensor was stopped.
    private boolean awaitTime(Instant time) {
        try {
            long millis = Duration.between(clock.instant(), time).toMillis();
            return !stopped.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return false;
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
