package io.netsentinel.queuing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.h2.mvstore.MVStore;

/// Gets what it can out of a segment file that does not open. The damaged file is kept under
/// another name; tried on a copy are a fresh header and ever shorter tails: a segment is only ever
/// appended to, so every shorter file is an older state of it that H2 can open.
final class Salvage {

    private static final int HEADER = 2 * 4096;
    private static final int BLOCK = 4096;
    private static final int STEP = 4;

    private Salvage() {}

    /// Saves what can be saved.
    ///
    /// @return the contents that could be saved, in a file of the old name; nothing is left under
    ///   that name otherwise
    static Optional<SegmentContents> of(
            SegmentFile file, String password, StorageCondition condition, String problem) {
        try {
            Path damaged = setAside(file.path());
            Optional<SegmentContents> saved = attempts(file, password, damaged);
            if (saved.isPresent()) {
                condition.report(
                        StorageReport.Kind.SEGMENT_RECOVERED,
                        file.name()
                                + " was damaged ("
                                + problem
                                + "): "
                                + saved.get().events()
                                + " events were saved, the damaged file is kept as "
                                + damaged.getFileName());
            } else {
                Files.deleteIfExists(file.path());
                condition.report(
                        StorageReport.Kind.SEGMENT_DAMAGED,
                        file.name()
                                + " is damaged ("
                                + problem
                                + ") and was set aside as "
                                + damaged.getFileName()
                                + ": its events are missing");
            }
            return saved;
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot set aside the damaged " + file.path() + ": " + e, e);
        }
    }

    /// Renames a damaged file out of the way.
    static Path setAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(file.getFileName() + ".damaged" + i);
        }
        return Files.move(file, aside);
    }

    private static Optional<SegmentContents> attempts(
            SegmentFile file, String password, Path damaged) throws IOException {
        long size = Files.size(damaged);
        for (long cut = 0; cut < size - HEADER; cut = Math.max(BLOCK, cut * STEP)) {
            Files.copy(damaged, file.path(), StandardCopyOption.REPLACE_EXISTING);
            freshHeader(file.path(), size - cut);
            Segment segment = new Segment(file, password, Segment.Mode.READ);
            try {
                SegmentContents contents = SegmentContents.load(segment);
                segment.reset();
                return Optional.of(contents);
            } catch (SegmentException e) {
                segment.reset();
            }
        }
        return Optional.empty();
    }

    private static void freshHeader(Path file, long size) throws IOException {
        Path empty = file.resolveSibling("header.new");
        Files.deleteIfExists(empty);
        new MVStore.Builder().fileName(empty.toString()).open().closeImmediately();
        byte[] header = new byte[HEADER];
        try (RandomAccessFile from = new RandomAccessFile(empty.toFile(), "r");
                RandomAccessFile to = new RandomAccessFile(file.toFile(), "rw")) {
            from.readFully(header);
            to.write(header);
            to.setLength(size);
        }
        Files.delete(empty);
    }
}
