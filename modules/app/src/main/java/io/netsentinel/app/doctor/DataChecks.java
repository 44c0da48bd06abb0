package io.netsentinel.app.doctor;

import io.netsentinel.queuing.DiskForecast;
import io.netsentinel.queuing.LogSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The data directory: whose it is, who else can get at it, whether there is room, and whether the
/// clock fits what was written.
public final class DataChecks {
    private static final long MIB = 1024 * 1024;
    private static final int RESERVE_SHARE = 20;
    private static final Duration TOLERANCE = Duration.ofMinutes(2);
    private static final Set<PosixFilePermission> OTHERS =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(
                            EnumSet.of(
                                    PosixFilePermission.OWNER_READ,
                                    PosixFilePermission.OWNER_WRITE,
                                    PosixFilePermission.OWNER_EXECUTE)));

    private final Path data;
    private final LogSettings settings;
    private final Instant now;

    /// @param now what the clock says
    public DataChecks(Path data, LogSettings settings, Instant now) {
        this.data = data;
        this.settings = settings;
        this.now = now;
    }

    /// All of them.
    ///
    /// @param program the folder of the program, whose files are older than now too
    public List<Finding> all(Path program) {
        List<Finding> found = new ArrayList<>();
        try {
            if (Files.isDirectory(data)) {
                found.add(owner());
                found.add(rights());
                found.add(password());
                found.add(disk(data, bytes(data.resolve("log"))));
                found.add(storage(DiskForecast.of(data, settings, now)));
            } else {
                found.add(absent());
            }
            found.add(clock(program));
        } catch (IOException | UncheckedIOException e) {
            found.add(
                    Finding.problem(
                            "data",
                            "%s cannot be looked at: %s".formatted(data, e.getMessage()),
                            "run this as the user of the server"));
        }
        return found;
    }

    private Finding absent() throws IOException {
        Path there = data.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return Finding.problem("data", there + " is no directory", "name another by --data");
        }
        if (!Files.isWritable(there)) {
            return Finding.problem(
                    "data",
                    "%s is not there, and %s may not be written to".formatted(data, there),
                    "make it for this user, or name another by --data");
        }
        Finding disk = disk(there, 0);
        return disk.level() == Finding.Level.OK
                ? Finding.ok("data", data + " is made at the first start; " + disk.text())
                : disk;
    }

    private Finding owner() throws IOException {
        String owner = Files.getOwner(data).getName();
        String user = System.getProperty("user.name");
        if (!Files.isWritable(data)) {
            return Finding.problem(
                    "data",
                    "%s belongs to %s and may not be written to by %s".formatted(data, owner, user),
                    "run this and the server as "
                            + owner
                            + ", or give it away: chown -R "
                            + user
                            + " "
                            + data);
        }
        return owner.equals(user)
                ? Finding.ok("data", "%s belongs to %s".formatted(data, owner))
                : Finding.warning(
                        "data",
                        "%s belongs to %s, and this is %s".formatted(data, owner, user),
                        "run the server as " + owner);
    }

    /// Passwords and keys lie in it.
    private Finding rights() throws IOException {
        List<Path> all = new ArrayList<>(List.of(data));
        for (Path one : list(data)) {
            all.add(one);
            all.addAll(Files.isDirectory(one) ? list(one) : List.of());
        }
        Optional<Path> open = all.stream().filter(DataChecks::grantsOthers).findFirst();
        if (open.isEmpty()) {
            return Finding.ok("rights", "nobody else can get at " + data);
        }
        boolean directory = Files.isDirectory(open.get());
        return Finding.problem(
                "rights",
                "others can get at %s (%s)"
                        .formatted(
                                open.get(),
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(open.get()))),
                "chmod %s %s".formatted(directory ? "700" : "600", open.get()));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean grantsOthers(Path file) {
        try {
            return !Files.isSymbolicLink(file)
                    && !Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS);
        } catch (NoSuchFileException _) {
            // a running server makes and deletes files
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnsupportedOperationException _) {
            return false;
        }
    }

    private Finding password() {
        Path first = data.resolve("initial-admin-password");
        return Files.exists(first, LinkOption.NOFOLLOW_LINKS)
                ? Finding.warning(
                        "password",
                        "that of admin is still the first one, and lies in " + first,
                        "change it: netsentinel user password admin, or on the page Account")
                : Finding.ok("password", "that of admin is no longer the first one");
    }

    /// @param used bytes of the log so far, which count as room
    private Finding disk(Path place, long used) throws IOException {
        FileStore store = Files.getFileStore(place);
        return disk(store.getUsableSpace(), store.getTotalSpace(), used);
    }

    Finding disk(long free, long total, long used) {
        long reserve = Math.min(settings.reserveBytes(), total / RESERVE_SHARE);
        String text =
                "%d MiB free, %d MiB used by the log of retention.max-disk %d MiB"
                        .formatted(free / MIB, used / MIB, settings.maxDiskBytes() / MIB);
        if (free < reserve) {
            return Finding.problem(
                    "disk",
                    "%s; nothing is stored below %d MiB".formatted(text, reserve / MIB),
                    "free some space or lower retention.max-disk");
        }
        if (free - reserve + used < settings.maxDiskBytes()) {
            return Finding.warning(
                    "disk",
                    text + ": the disk is full before that",
                    "lower retention.max-disk to %dMiB or take a larger disk"
                            .formatted((free - reserve + used) / MIB * 9 / 10));
        }
        return Finding.ok("disk", text);
    }

    static Finding storage(DiskForecast forecast) {
        return switch (forecast.outlook()) {
            case UNKNOWN, WELL -> Finding.ok("storage", forecast.text());
            case SHORT ->
                    Finding.warning(
                            "storage",
                            forecast.text(),
                            "raise retention.max-disk, lower retention.max-age, or take in less");
            case FILLING ->
                    Finding.warning(
                            "storage",
                            forecast.text(),
                            "lower retention.max-disk or take a larger disk");
        };
    }

    private static long bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        return list(folder).stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private Finding clock(Path program) throws IOException {
        Instant newest = newest(program.resolve("lib"), Instant.EPOCH);
        newest = newest(data.resolve("log"), newest);
        newest = newest(data.resolve("store"), newest);
        return newest.isAfter(now.plus(TOLERANCE))
                ? Finding.problem(
                        "clock",
                        "it says %s, but there are files of %s".formatted(now, newest),
                        "set the clock (timedatectl set-ntp true); tokens and retention go by it")
                : Finding.ok("clock", now + ", no file is newer");
    }

    private static Instant newest(Path folder, Instant so) throws IOException {
        Instant newest = so;
        if (Files.isDirectory(folder)) {
            for (Path file : list(folder)) {
                Instant time = Instant.ofEpochMilli(file.toFile().lastModified());
                newest = time.isAfter(newest) ? time : newest;
            }
        }
        return newest;
    }
}
