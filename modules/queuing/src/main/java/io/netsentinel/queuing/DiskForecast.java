package io.netsentinel.queuing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// How long the disk lasts, from how fast the log's files have grown. Only their names, sizes and
/// times are looked at, so a log that is not open can be asked about as well.
///
/// @param used bytes of the log now
/// @param budget `retention.max-disk`: above it the oldest events go
/// @param free bytes the log may take before the reserve that is never written into
/// @param perDay bytes a day that are added, the greater one of the last six hours and three days;
///   empty while the log is too young to tell
/// @param maxAge how long events are to be kept (`retention.max-age`)
public record DiskForecast(
        long used, long budget, long free, OptionalDouble perDay, Duration maxAge) {
    private static final int RESERVE_SHARE = 20;
    private static final double DAY = Duration.ofDays(1).toMillis();
    private static final double MIB = 1 << 20;
    private static final Duration SOON = Duration.ofDays(7);
    private static final List<Window> WINDOWS =
            List.of(
                    new Window(Duration.ofHours(6), Duration.ofMinutes(30)),
                    new Window(Duration.ofDays(3), Duration.ofHours(6)));

    /// A time over which growth is measured.
    ///
    /// @param least what of it must have passed
    private record Window(Duration length, Duration least) {}

    /// A file of the log: its bytes came between two times.
    ///
    /// @param from milliseconds since 1970
    /// @param to the same, not before `from`
    record Written(long bytes, long from, long to) {}

    /// What to expect.
    public enum Outlook {
        /// The log is too young to tell.
        UNKNOWN,
        /// Events are kept as long as `retention.max-age` says.
        WELL,
        /// `retention.max-disk` is too small for that: events go earlier.
        SHORT,
        /// The disk is full before `retention.max-disk` is reached: nothing is stored then.
        FILLING
    }

    /// Looks at a data directory.
    ///
    /// @throws UncheckedIOException when it or its disk cannot be looked at
    public static DiskForecast of(Path data, LogSettings settings, Instant now) {
        try {
            FileStore disk = Files.getFileStore(data);
            long reserve = Math.min(settings.reserveBytes(), disk.getTotalSpace() / RESERVE_SHARE);
            return of(
                    files(data.resolve("log")),
                    Math.max(0, disk.getUsableSpace() - reserve),
                    settings,
                    now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DiskForecast of(List<Written> files, long free, LogSettings settings, Instant now) {
        return new DiskForecast(
                files.stream().mapToLong(Written::bytes).sum(),
                settings.maxDiskBytes(),
                free,
                WINDOWS.stream()
                        .flatMap(window -> growth(files, window, now.toEpochMilli()).stream())
                        .mapToDouble(Double::doubleValue)
                        .max(),
                settings.maxAge());
    }

    private static List<Written> files(Path folder) throws IOException {
        List<Written> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        for (SegmentFile file : SegmentFile.list(folder)) {
            try {
                BasicFileAttributes known =
                        Files.readAttributes(file.path(), BasicFileAttributes.class);
                long to = known.lastModifiedTime().toMillis();
                long from = Math.min(known.creationTime().toMillis(), to);
                files.add(new Written(known.size(), from, to));
            } catch (NoSuchFileException _) {
                // retention took it meanwhile
            }
        }
        return files;
    }

    private static Optional<Double> growth(List<Written> files, Window window, long now) {
        long oldest = files.stream().mapToLong(Written::from).min().orElse(now);
        long from = Math.max(oldest, now - window.length().toMillis());
        if (now - from < window.least().toMillis()) {
            return Optional.empty();
        }
        double bytes = 0;
        for (Written file : files) {
            if (file.to() >= from) {
                long span = file.to() - file.from();
                long inside = file.to() - Math.max(from, file.from());
                bytes += span == 0 ? file.bytes() : (double) file.bytes() * inside / span;
            }
        }
        return Optional.of(bytes / (now - from) * DAY);
    }

    /// What to expect at this growth.
    public Outlook outlook() {
        if (perDay.isEmpty()) {
            return Outlook.UNKNOWN;
        }
        if (fits()) {
            return Outlook.WELL;
        }
        return free < budget - used ? Outlook.FILLING : Outlook.SHORT;
    }

    /// Whether all events of `retention.max-age` find room.
    private boolean fits() {
        return perDay.orElse(0) * days(maxAge) <= used + room();
    }

    /// Bytes until the disk or the budget is full.
    private double room() {
        return Math.max(0, Math.min(free, budget - used));
    }

    /// Days until the disk or the budget is full; empty when that does not happen, or is not known.
    public OptionalDouble daysLeft() {
        return perDay.isEmpty() || fits()
                ? OptionalDouble.empty()
                : OptionalDouble.of(room() / perDay.getAsDouble());
    }

    /// Days that events can be kept at this growth; empty while it is not known.
    public OptionalDouble daysKept() {
        return perDay.isEmpty() || perDay.getAsDouble() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(days(maxAge), (used + room()) / perDay.getAsDouble()));
    }

    /// Whether the disk is full within a week, so that somebody has to do something.
    public boolean urgent() {
        return outlook() == Outlook.FILLING && daysLeft().orElse(Double.MAX_VALUE) < days(SOON);
    }

    /// One sentence with the figures.
    public String text() {
        return switch (outlook()) {
            case UNKNOWN ->
                    String.format(
                            Locale.ROOT,
                            "%,.0f MiB of %,.0f MiB are used; the log is too young to tell"
                                    + " how fast it grows",
                            used / MIB,
                            budget / MIB);
            case WELL ->
                    String.format(
                            Locale.ROOT,
                            "%,.0f MiB of %,.0f MiB are used; at %,.0f MiB a day all events of"
                                    + " %.3g days fit",
                            used / MIB,
                            budget / MIB,
                            rate(),
                            days(maxAge));
            case SHORT ->
                    String.format(
                            Locale.ROOT,
                            "at %,.0f MiB a day retention.max-disk (%,.0f MiB) is full in"
                                    + " %.1f days; events are kept %.1f days then instead of %.3g",
                            rate(),
                            budget / MIB,
                            daysLeft().orElse(0),
                            daysKept().orElse(0),
                            days(maxAge));
            case FILLING ->
                    String.format(
                            Locale.ROOT,
                            "at %,.0f MiB a day the disk is full in %.1f days, before"
                                    + " retention.max-disk (%,.0f MiB) is reached: nothing is stored then",
                            rate(),
                            daysLeft().orElse(0),
                            budget / MIB);
        };
    }

    private double rate() {
        return perDay.orElse(0) / MIB;
    }

    private static double days(Duration time) {
        return time.toMillis() / DAY;
    }
}
