package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Copies an open data directory into one file, so that a server on the copy answers from the same
/// offsets.
///
/// First the main database is copied, then, between two commits, the segment that is written, with
/// high-water marks that say that nothing is missing; so no projection is ahead of the log. The
/// other segments do not change any more, and the thread that packs and deletes them is the one
/// that copies them.
final class LogBackup {
    static final String HEAD = "netsentinel-backup";
    static final String FORMAT = HEAD + " 1\n";

    private static final String STAGE = "backup.tmp";
    private static final Set<String> COPIED_OTHERWISE = Set.of("log", "store", "marks", STAGE);
    private static final Set<String> OF_THE_PROCESS =
            Set.of("lock", "probe", "admin.sock", Purge.FILE);

    private final LogContext log;
    private final StoreThread store;
    private final Retention retention;
    private final LogWriter writer;
    private final ReentrantLock making = new ReentrantLock();

    LogBackup(LogContext log, StoreThread store, Retention retention, LogWriter writer) {
        this.log = log;
        this.store = store;
        this.retention = retention;
        this.writer = writer;
    }

    /// The log between two commits.
    ///
    /// @param sealed files that get no more events
    private record Frozen(
            Path active, Path marks, List<SegmentFile> sealed, Map<String, Long> tails) {}

    /// Writes the backup, to a name there is nothing under.
    ///
    /// @throws DataDirectoryException when it cannot be written; then there is nothing under it
    BackupReport to(Path file) {
        if (!making.tryLock()) {
            throw new DataDirectoryException("another backup is being made: wait for it");
        }
        Path stage = log.directory().path().resolve(STAGE);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new DataDirectoryException(file + " exists already and is not overwritten");
            }
            empty(stage);
            Path main = store.copyTo(stage);
            return retention.during(() -> {
                Frozen frozen = writer.between(active -> freeze(active, stage)).get();
                return write(file, main, frozen);
            });
        } catch (LogClosedException e) {
            throw new DataDirectoryException("the server is stopping: no backup was made", e);
        } catch (IOException e) {
            throw new DataDirectoryException("cannot write the backup " + file + ": " + e, e);
        } finally {
            remove(stage);
            making.unlock();
        }
    }

    /// On the writer's thread: nobody writes meanwhile, and appends wait.
    private Frozen freeze(ActiveSegment active, Path stage) throws IOException {
        SegmentFile file = active.segment().file();
        Path copy = stage.resolve(file.name());
        Files.copy(file.path(), copy);
        Map<String, Long> tails = new TreeMap<>();
        log.channels().all().forEach(channel -> tails.put(channel.name(), channel.tail()));
        List<SegmentFile> sealed =
                log.segments().sealed().stream().map(one -> one.segment().file()).toList();
        Path marks = Files.write(stage.resolve("marks.0"), writer.cleanMarks());
        return new Frozen(copy, marks, sealed, tails);
    }

    private BackupReport write(Path file, Path main, Frozen frozen) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createFile(part);
            Files0600.protect(part);
            try (ZipOutputStream zip =
                    new ZipOutputStream(Files.newOutputStream(part, StandardOpenOption.WRITE))) {
                zip.setLevel(Deflater.BEST_SPEED);
                add(zip, HEAD, FORMAT.getBytes(StandardCharsets.UTF_8));
                for (Path other : others()) {
                    add(zip, log.directory().path().relativize(other).toString(), other);
                }
                add(zip, "marks/marks.0", frozen.marks());
                add(zip, "store/" + main.getFileName(), main);
                for (SegmentFile sealed : frozen.sealed()) {
                    if (retention.stopping()) {
                        throw new LogClosedException();
                    }
                    add(zip, "log/" + sealed.name(), sealed.path());
                }
                add(zip, "log/" + frozen.active().getFileName(), frozen.active());
            }
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            // does not replace what somebody has put there meanwhile
            Files.move(part, file);
            Files0600.syncDirectory(file);
            return new BackupReport(file, Files.size(file), frozen.tails());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /// Small files of this module and others: version, passwords, keys.
    private List<Path> others() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path one : list(log.directory().path())) {
            String name = one.getFileName().toString();
            if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
                if (!COPIED_OTHERWISE.contains(name)) {
                    list(one).stream().filter(LogBackup::plain).forEach(found::add);
                }
            } else if (plain(one) && !OF_THE_PROCESS.contains(name)) {
                found.add(one);
            }
        }
        return found;
    }

    private static boolean plain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !file.toString().endsWith(".new");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void empty(Path stage) throws IOException {
        remove(stage);
        Files0600.createDirectories(stage);
    }

    private static void remove(Path stage) {
        try {
            if (Files.isDirectory(stage, LinkOption.NOFOLLOW_LINKS)) {
                for (Path file : list(stage)) {
                    Files.delete(file);
                }
                Files.delete(stage);
            }
        } catch (IOException e) {
            System.getLogger("io.netsentinel.queuing")
                    .log(System.Logger.Level.WARNING, "cannot delete " + stage + ": " + e);
        }
    }
}
