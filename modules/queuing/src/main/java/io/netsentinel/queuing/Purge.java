package io.netsentinel.queuing;

import io.netsentinel.events.Ulid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Removes what a data directory holds about one address or one user. Requests are written down
/// first and carried out while nobody has the log open: at the next start, or at once on a stopped
/// server. What a crash interrupts is done again; a request goes only when its outcome was noted.
///
/// Of an event that is removed its offset stays, declared by a [Hole] of the reason
/// [Hole.Reason#PURGED]: no position, no cursor and no chain of `prev` breaks.
public final class Purge {

    /// How many requests may wait: each is a reading of the whole log at the next start.
    public static final int MOST_PENDING = 100;

    static final String FILE = "purge";

    private static final System.Logger LOG = System.getLogger(Purge.class.getName());
    private static final String HEAD = "netsentinel-purge 1";
    private static final String ASKED = "asked";
    private static final String DONE = "done";
    private static final int FIELDS = 4;

    /// Two requests at once must not forget one.
    private static final ReentrantLock WRITING = new ReentrantLock();

    private final Path path;
    private final LogSettings settings;
    private final PurgeScope scope;

    /// The purges of a data directory.
    public Purge(Path dataDirectory, LogSettings settings, PurgeScope scope) {
        this.path = dataDirectory.toAbsolutePath().normalize();
        this.settings = settings;
        this.scope = scope;
    }

    /// What came of a request.
    ///
    /// @param id its number
    /// @param summary one line, without the subject
    public record Outcome(String id, String summary) {}

    /// One line of the file: the last field is the subject, or the summary.
    private record Line(String state, String id, String kind, String text) {
        String written() {
            return String.join("\t", state, id, kind, text);
        }

        static Line parse(String line) {
            String[] fields = line.split("\t", FIELDS);
            if (fields.length != FIELDS) {
                throw new DataDirectoryException("the file '" + FILE + "' is damaged: delete it");
            }
            return new Line(fields[0], fields[1], fields[2], fields[3]);
        }
    }

    /// Writes a request down, also while the log is open.
    ///
    /// @throws DataDirectoryException when it cannot be written
    public static PurgeRequest request(Path dataDirectory, PurgeSubject subject) {
        PurgeRequest request = new PurgeRequest(Ulid.next(), subject);
        change(
                dataDirectory,
                lines -> {
                    lines.add(new Line(ASKED, request.id(), subject.kind(), subject.text()));
                    return lines;
                });
        return request;
    }

    /// Requests that are not carried out.
    public static List<PurgeRequest> pending(Path dataDirectory) {
        return lines(dataDirectory).stream()
                .filter(line -> line.state().equals(ASKED))
                .flatMap(line -> request(line).stream())
                .toList();
    }

    /// One that is not understood keeps no server from starting, and can be withdrawn.
    private static Optional<PurgeRequest> request(Line line) {
        try {
            return Optional.of(
                    new PurgeRequest(line.id(), PurgeSubject.of(line.kind(), line.text())));
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "purge {0} is not understood and not carried out: {1}",
                    line.id(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /// What was carried out and is not noted in the audit trail.
    public static List<Outcome> outcomes(Path dataDirectory) {
        return lines(dataDirectory).stream()
                .filter(line -> line.state().equals(DONE))
                .map(line -> new Outcome(line.id(), line.text()))
                .toList();
    }

    /// The request was carried out: from here on its subject is not known any more.
    ///
    /// @param summary one line, without the subject
    public static Outcome done(Path dataDirectory, PurgeRequest request, String summary) {
        change(
                dataDirectory,
                lines -> {
                    lines.replaceAll(line ->
                            line.id().equals(request.id())
                                    ? new Line(DONE, line.id(), line.kind(), summary)
                                    : line);
                    return lines;
                });
        return new Outcome(request.id(), summary);
    }

    /// The outcome is noted, or the request withdrawn.
    public static void forget(Path dataDirectory, String id) {
        change(
                dataDirectory,
                lines -> {
                    lines.removeIf(line -> line.id().equals(id));
                    return lines;
                });
    }

    private static void change(
            Path directory, java.util.function.UnaryOperator<List<Line>> change) {
        WRITING.lock();
        try {
            List<Line> lines = change.apply(new ArrayList<>(lines(directory)));
            Path file = directory.resolve(FILE);
            if (lines.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            StringBuilder text = new StringBuilder(HEAD).append('\n');
            lines.forEach(line -> text.append(line.written()).append('\n'));
            Files0600.replace(file, text.toString());
        } catch (IOException e) {
            throw DataDirectory.unusable(directory, e);
        } finally {
            WRITING.unlock();
        }
    }

    private static List<Line> lines(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            List<String> all = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
            if (all.isEmpty() || !all.getFirst().equals(HEAD)) {
                throw new DataDirectoryException(
                        "data directory "
                                + directory
                                + ": the file '"
                                + FILE
                                + "' is none of this version: delete it and ask for the purge again");
            }
            return all.stream().skip(1).map(Line::parse).toList();
        } catch (IOException e) {
            throw DataDirectory.unusable(directory, e);
        }
    }

    /// What would be removed. Nothing is changed.
    ///
    /// @throws DataDirectoryInUseException when another process has the directory
    /// @throws DataDirectoryException when a file cannot be read
    public PurgeReport count(PurgeSubject subject) {
        return OwnThreads.call("log-purge", () -> run(subject, false));
    }

    /// Removes what there is. The log is opened and closed once before, so that what a crash left
    /// is in order; afterwards it can be opened as usual.
    ///
    /// @throws DataDirectoryInUseException when another process has the directory
    /// @throws DataDirectoryException when a file cannot be read or written; what was removed until
    ///   then stays removed, and doing it again does the rest
    public PurgeReport carryOut(PurgeSubject subject) {
        EventLog.open(path, settings, Clock.systemUTC()).close();
        return OwnThreads.call("log-purge", () -> run(subject, true));
    }

    private PurgeReport run(PurgeSubject subject, boolean remove) throws IOException {
        try (DataDirectory directory = DataDirectory.open(path)) {
            SegmentPurge.clean(directory.segments());
            return run(directory, subject, remove);
        } catch (SegmentException e) {
            throw new DataDirectoryException("the purge cannot go on: " + e.getMessage(), e);
        } catch (org.h2.mvstore.MVStoreException e) {
            throw new DataDirectoryException(
                    "the purge cannot go on: the main database: " + Failures.text(e), e);
        }
    }

    private PurgeReport run(DataDirectory directory, PurgeSubject subject, boolean remove)
            throws IOException {
        StorageCondition condition = new StorageCondition(Clock.systemUTC());
        SortedMap<String, Long> events = new TreeMap<>();
        SortedMap<String, Long> kept = new TreeMap<>();
        SortedMap<String, Long> rows = new TreeMap<>();
        List<SegmentFile> files = SegmentFile.list(directory.segments());
        String password = directory.password(files.isEmpty());
        boolean removed = false;
        for (SegmentFile file : files) {
            SegmentPurge segment = new SegmentPurge(file, password, subject, condition);
            if (remove) {
                segment.remove();
            } else {
                segment.count();
            }
            segment.found().forEach((channel, count) -> events.merge(channel, count, Long::sum));
            segment.kept().forEach((channel, count) -> kept.merge(channel, count, Long::sum));
            // a key is carried from segment to segment: it is one
            segment.rows().forEach((table, count) -> rows.merge(table, count, Math::max));
            removed |= segment.removedBefore() || !segment.found().isEmpty();
        }
        SegmentPurge.clean(directory.segments());
        StorePurge store = new StorePurge(directory, subject, scope, condition);
        boolean rebuilt = false;
        if (remove) {
            rebuilt = store.remove(removed);
        } else {
            store.count();
        }
        store.removed().forEach((table, count) -> rows.merge(table, count, Long::sum));
        return new PurgeReport(
                events,
                kept,
                rows,
                store.kept(),
                setAside(directory),
                remove ? rebuilt : removed || store.projected());
    }

    private static List<String> setAside(DataDirectory directory) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : List.of(directory.segments(), directory.tables())) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(Path::getFileName)
                        .map(Optional::ofNullable)
                        .flatMap(Optional::stream)
                        .map(Path::toString)
                        .filter(name -> name.contains(".damaged"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
