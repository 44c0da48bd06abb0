package io.netsentinel.detection.health;

import io.netsentinel.detection.Detection;
import io.netsentinel.detection.health.Check.Look;
import io.netsentinel.queuing.DiskForecast;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.StorageHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// What is looked at of the server.
final class Checks {
    private static final long MIB = 1L << 20;

    /// Below both the disk is low: a big one has room left at 5 %.
    private static final double DISK_SHARE = 0.05;

    private static final long DISK_FREE = 2_048 * MIB;
    private static final double HEAP_SHARE = 0.92;
    private static final long BEHIND = 100_000;

    /// A queue that never gets shorter than this makes sources wait, or refuses them.
    private static final long WAITING = 50_000;

    private static final int AT_ONCE = 1;
    private static final int HALF_A_MINUTE = 6;

    private Checks() {}

    static List<Check> of(EventLog log, Path data, Detection detection, Instant start) {
        return List.of(
                new Check("disk", "high", AT_ONCE, () -> disk(data), start),
                new Check(
                        "storage",
                        "high",
                        AT_ONCE,
                        () -> storage(() -> log.forecast(Instant.now())),
                        start),
                new Check("heap", "medium", HALF_A_MINUTE, Checks::heap, start),
                new Check("database", "critical", AT_ONCE, () -> database(log), start),
                new Check(
                        "log",
                        "medium",
                        HALF_A_MINUTE,
                        () -> log(log.statistics().queuedEvents()),
                        start),
                new Check(
                        "detection",
                        "medium",
                        HALF_A_MINUTE,
                        () -> detection(detection.behind()),
                        start),
                new Check(
                        "accounts",
                        "high",
                        AT_ONCE,
                        new Turnover(detection::detectors, detection::newest, detection::late),
                        start));
    }

    private static Look disk(Path data) {
        try {
            FileStore store = Files.getFileStore(data);
            return disk(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException _) {
            return new Look("unknown", "the free space of the disk cannot be told");
        }
    }

    static Look disk(long free, long total) {
        String message =
                String.format(
                        Locale.ROOT,
                        "%,d MiB of the disk with the data directory are free, %.1f %%",
                        free / MIB,
                        total == 0 ? 0 : 100.0 * free / total);
        return free < DISK_FREE && free < total * DISK_SHARE
                ? new Look("low", message)
                : Look.well(message);
    }

    /// Warns a week before the disk is full. A budget that keeps fewer days than it should is told
    /// in the message: it was chosen.
    static Look storage(Supplier<DiskForecast> look) {
        try {
            DiskForecast forecast = look.get();
            return forecast.urgent()
                    ? new Look("filling", forecast.text())
                    : Look.well(forecast.text());
        } catch (UncheckedIOException _) {
            return new Look("unknown", "the files of the log cannot be looked at");
        }
    }

    private static Look heap() {
        Runtime runtime = Runtime.getRuntime();
        return heap(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
    }

    static Look heap(long used, long most) {
        String message =
                String.format(
                        Locale.ROOT,
                        "%,d MiB of %,d MiB of the heap are used",
                        used / MIB,
                        most / MIB);
        return used > most * HEAP_SHARE ? new Look("high", message) : Look.well(message);
    }

    private static Look database(EventLog log) {
        return switch (log.health()) {
            case StorageHealth.Ok _ -> Look.well("events are stored");
            // the reason names paths, which not everybody need know
            case StorageHealth.Degraded degraded ->
                    new Look(
                            "degraded",
                            "events cannot be stored since "
                                    + degraded.since()
                                    + "; the server's log says why");
        };
    }

    static Look log(long waiting) {
        String message = String.format(Locale.ROOT, "%,d events wait for their commit", waiting);
        return waiting > WAITING ? new Look("behind", message) : Look.well(message);
    }

    static Look detection(long behind) {
        String message = String.format(Locale.ROOT, "the detectors are %,d events behind", behind);
        return behind > BEHIND ? new Look("behind", message) : Look.well(message);
    }
}
