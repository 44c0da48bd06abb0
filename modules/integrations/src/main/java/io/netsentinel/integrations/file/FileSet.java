package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.SourceSettings.Start;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.queuing.Bookmark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which files a source reads, in which order, from where on. It follows names through rotation:
///
/// * renamed: the file stays open under its identity and is read on, before the new one of its
///   name;
/// * copied and truncated: the copy is read from where the original was, the original from its
///   beginning;
/// * after a restart: files that were read before are found again by identity, or by what they
///   begin with, whatever they are called now; and generations nobody saw are read between.
final class FileSet implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FileSet.class.getName());
    private static final int MOST_OPEN = 256;
    private static final int LOOKS = 3;

    /// A copy in the making is written to at least that often.
    private static final Duration COPYING = Duration.ofSeconds(2);

    private final SourceSettings settings;
    private final Intake intake;
    private final Marks marks;
    private final FilePattern pattern;
    private final Cutter.Maker maker;
    private final Cutter.Commit commit;
    private final boolean first;

    private final List<Rotation> rotations = new ArrayList<>();
    private final List<FollowedFile> followed = new ArrayList<>();
    private final Set<String> passedOver = new HashSet<>();
    private String problem = "";

    FileSet(SourceSettings settings, Intake intake, Cutter.Maker maker, Cutter.Commit commit) {
        this.settings = settings;
        this.intake = intake;
        this.maker = maker;
        this.commit = commit;
        this.pattern = new FilePattern(settings.path(), settings.roots());
        this.marks = new Marks(settings.name(), intake.bookmarks());
        this.first = marks.firstStart();
        resume();
    }

    /// The files in the order they are to be read; the list may change while it is gone through.
    List<FollowedFile> inOrder() {
        return List.copyOf(followed);
    }

    /// Bytes that are there and not read.
    long lag() {
        return followed.stream()
                .mapToLong(file -> Math.max(0, file.size() - file.consumed()))
                .sum();
    }

    /// What has changed since this was called last, to be committed now.
    List<Bookmark> bookmarks() {
        followed.stream()
                .filter(FollowedFile::dirty)
                .forEach(file -> {
                    marks.put(file.identity(), file.mark());
                    file.clean();
                });
        return marks.changes();
    }

    /// Finds what was being read when the server stopped.
    private void resume() {
        List<Found> present = pattern.files();
        Set<String> named = identities(present);
        for (Map.Entry<String, FileMark> entry : marks.byAge()) {
            if (!named.contains(entry.getKey())) {
                resumeRotated(entry.getKey(), entry.getValue());
            }
        }
        if (rotations.isEmpty()) {
            // older generations; after a rotation their times tell them from those to be read
            present.forEach(found -> pattern.rotated(found.name()).forEach(this::passOver));
        }
        scan();
    }

    /// A file that has lost its name while nobody looked, and the generations after it.
    private void resumeRotated(String identity, FileMark mark) {
        Optional<Found> renamed = Optional.empty();
        Optional<Found> old = Optional.empty();
        // a directory that is changed while it is listed may hide a file once, hardly three times
        for (int attempt = 0; attempt < LOOKS && old.isEmpty(); attempt++) {
            renamed = neighbour(identity).filter(found -> fits(found, mark));
            old = renamed.or(() -> copyOf(mark));
        }
        if (old.isPresent()) {
            open(old.get(), mark).ifPresent(FollowedFile::retire);
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "source {0}: the file it read up to byte {1} is gone; if it was longer, the rest is lost",
                    settings.name(),
                    Long.toString(mark.offset()));
        }
        if (renamed.isEmpty()) {
            marks.remove(identity);
        }
        long since = old.map(Found::modified).orElse(mark.modified());
        // which older generations were passed over is not known any more, only that they are older
        rotations.add(Rotation.now(nameOf(Path.of(mark.path())), since + 1));
    }

    private Optional<Found> neighbour(String identity) {
        return pattern.neighbours().stream()
                .filter(found -> found.identity().equals(identity))
                .findFirst();
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// A file that is not modified any more stays passed over; another one in its inode does not.
    private void passOver(Found found) {
        passedOver.add(found.identity() + "@" + found.modified());
    }

    private boolean passedOver(Found found) {
        return passedOver.contains(found.identity() + "@" + found.modified());
    }

    /// Files rotation made of one of that name since then, which nobody has read.
    private void generations(String name, long since) {
        for (Found found : pattern.rotated(name)) {
            boolean unseen =
                    found.modified() >= since
                            && find(found.identity()).isEmpty()
                            && !marks.contains(found.identity())
                            && !passedOver(found);
            if (unseen && original(found).isEmpty() && !beingCopied(found)) {
                Path original = found.path().resolveSibling(name);
                open(found, FileMark.beginning(found, original)).ifPresent(FollowedFile::retire);
            }
        }
    }

    /// Looks at the directory: new files, rotated ones, ones that are done with.
    void scan() {
        List<Found> present = pattern.files();
        problem = present.isEmpty() ? pattern.problem() : "";
        Set<String> named = identities(present);
        for (FollowedFile file : inOrder()) {
            if (!named.contains(file.identity()) && !file.retired()) {
                intake.count(Counter.ROTATIONS, 1);
                file.retire();
                rotations.add(Rotation.now(nameOf(file.path()), file.modified()));
            }
        }
        rotations.forEach(rotation -> generations(rotation.name(), rotation.since()));
        rotations.removeIf(Rotation::settled);
        for (int i = 0; i < present.size(); i++) {
            see(present.get(i), present.size() - i > MOST_OPEN);
        }
        giveUp();
        intake.problem(problem);
    }

    private void see(Found found, boolean many) {
        Optional<FollowedFile> known = find(found.identity());
        if (known.isPresent()) {
            known.get().named(found.path());
            checkRewritten(known.get(), found);
        } else if (!(many && complete(found)) && original(found).isEmpty() && !beingCopied(found)) {
            begin(found);
        }
    }

    /// Whether the file was read to its end, has not grown since, and nothing of it is left.
    private boolean complete(Found found) {
        return marks.get(found.identity())
                .filter(mark -> mark.offset() == found.size() && maker.complete(mark))
                .isPresent();
    }

    /// A file that was written anew with exactly the length it had.
    private void checkRewritten(FollowedFile file, Found found) {
        if (!file.touched(found.modified()) || found.size() != file.cutter().seen()) {
            return;
        }
        try {
            if (!file.genuine()) {
                truncated(file);
            }
        } catch (IOException e) {
            problem = "cannot read " + file.path();
        }
    }

    private void begin(Found found) {
        Optional<FileMark> mark = marks.get(found.identity());
        if (mark.isPresent() && fits(found, mark.get())) {
            open(found, mark.get());
            return;
        }
        // its inode was used again, or it was truncated while nobody looked
        mark.flatMap(this::copyOf)
                .flatMap(copy -> open(copy, mark.get()))
                .ifPresent(FollowedFile::retire);
        open(
                found,
                mark.isEmpty() && atEnd(found)
                        ? end(found)
                        : FileMark.beginning(found, found.path()));
    }

    /// Only what stood there when the source was new is left out.
    private boolean atEnd(Found found) {
        return first && settings.start() == Start.END && !marks.started() && found.size() > 0;
    }

    private FileMark end(Found found) {
        long offset = found.size();
        try (FileChannel channel = FileChannel.open(found.path(), StandardOpenOption.READ)) {
            offset = maker.end(channel);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot look for the last line", e);
        }
        return new FileMark(
                offset, 0, found.modified(), Fingerprint.NONE, found.path().toString(), offset, 0);
    }

    private Optional<FollowedFile> open(Found found, FileMark start) {
        try {
            Optional<FollowedFile> opened = genuine(found, start);
            opened.ifPresent(followed::add);
            return opened;
        } catch (AccessDeniedException e) {
            problem = "no permission to read " + found.path();
        } catch (IOException e) {
            problem = "cannot open " + found.path();
        }
        return Optional.empty();
    }

    /// Opens a file by its name and looks whether it is the one that had this name when it was
    /// found: whoever rotates may have given it to another one meanwhile, which would be read under
    /// a false identity, and once more under its own.
    private Optional<FollowedFile> genuine(Found found, FileMark start) throws IOException {
        Optional<Found> at = Optional.of(found);
        for (int attempt = 0; attempt < LOOKS && at.isPresent(); attempt++) {
            FollowedFile file = new FollowedFile(at.get(), start, maker, commit);
            boolean same =
                    Found.at(at.get().path())
                            .filter(now -> now.identity().equals(found.identity()))
                            .isPresent();
            if (same && !Compressed.is(file.channel())) {
                return Optional.of(file);
            }
            file.close();
            at = same ? Optional.empty() : neighbour(found.identity());
        }
        return Optional.empty();
    }

    private static boolean fits(Found found, FileMark mark) {
        if (found.size() < mark.offset()) {
            return false;
        }
        return begins(found, mark.fingerprint());
    }

    private static boolean begins(Found found, Fingerprint fingerprint) {
        try (FileChannel channel = FileChannel.open(found.path(), StandardOpenOption.READ)) {
            return fingerprint.fits(channel);
        } catch (IOException e) {
            return false;
        }
    }

    /// The copy that was made of a file before it was truncated.
    private Optional<Found> copyOf(FileMark mark) {
        if (mark.fingerprint().length() == 0) {
            return Optional.empty();
        }
        String name = nameOf(Path.of(mark.path()));
        return pattern.neighbours().stream()
                .filter(found -> longer(found.name(), name))
                .filter(found -> find(found.identity()).isEmpty())
                .filter(found -> fits(found, mark))
                .findFirst();
    }

    private static boolean longer(String name, String original) {
        return name.length() > original.length() && name.startsWith(original);
    }

    /// The file that is being read of which this is a copy: it has the name and something behind
    /// it, and begins the same. It is left alone until the original is truncated.
    private Optional<FollowedFile> original(Found found) {
        return originals(found).filter(file -> begins(found, file.fingerprint())).findFirst();
    }

    /// Whether it may become the copy of a file that is being read: it has not yet as much in it as
    /// would tell. It is looked at again, and is a file of its own when nothing more comes to what
    /// it has.
    private boolean beingCopied(Found found) {
        long rest = Math.abs(System.currentTimeMillis() - found.modified());
        return (found.size() == 0 || rest < COPYING.toMillis())
                && originals(found).anyMatch(file -> found.size() < file.fingerprint().length());
    }

    private Stream<FollowedFile> originals(Found found) {
        return followed.stream()
                .filter(file -> longer(found.name(), nameOf(file.path())))
                .filter(file -> !file.retired() && file.fingerprint().length() > 0);
    }

    /// The file is shorter than it was, or begins otherwise.
    void truncated(FollowedFile file) throws IOException {
        intake.count(Counter.ROTATIONS, 1);
        FileMark mark = file.mark();
        Optional<Found> copy = copyOf(mark);
        if (copy.isPresent()) {
            open(copy.get(), mark).ifPresent(FollowedFile::retire);
            // what was written first is read first
            followed.remove(file);
            followed.add(file);
        } else {
            intake.count(Counter.LOST_BYTES, Math.max(0, file.size() - file.consumed()));
        }
        file.restart();
    }

    private void giveUp() {
        for (FollowedFile file : inOrder()) {
            if (file.over(settings.silence()) && !file.dirty() && !file.cutter().unfinished()) {
                marks.remove(file.identity());
                neighbour(file.identity()).ifPresent(this::passOver);
                close(file);
            }
        }
    }

    private void close(FollowedFile file) {
        followed.remove(file);
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a file that was only read", e);
        }
    }

    private Optional<FollowedFile> find(String identity) {
        return followed.stream().filter(file -> file.identity().equals(identity)).findFirst();
    }

    private static Set<String> identities(List<Found> files) {
        return files.stream().map(Found::identity).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        inOrder().forEach(this::close);
    }
}
