package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The name of a segment's file: `segment-0000000012.mv.db` as written by the log,
/// `archive-0000000013.mv.db` for rows copied forward. Numbers are given out once, to both kinds
/// together.
record SegmentFile(Path directory, Kind kind, long number) {

    enum Kind {
        SEGMENT,
        ARCHIVE;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + "-";
        }
    }

    static final String SUFFIX = ".mv.db";

    private static final Pattern NAME =
            Pattern.compile("(segment|archive)-([0-9]{10})(\\.mv\\.db)");

    /// All segment files, by number; leftovers of an interrupted compaction or set-aside files are
    /// not among them.
    static List<SegmentFile> list(Path directory) throws IOException {
        List<SegmentFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                parse(directory, file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingLong(SegmentFile::number));
        return found;
    }

    /// The highest number any file in the directory carries, set-aside ones included: numbers are
    /// never used twice.
    static long highestNumber(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(segment|archive)-[0-9]{10}.*"))
                    .mapToLong(name -> Long.parseLong(name.substring(8, 18)))
                    .max()
                    .orElse(0);
        }
    }

    private static Optional<SegmentFile> parse(Path directory, Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(
                        new SegmentFile(
                                directory,
                                Kind.valueOf(name.group(1).toUpperCase(Locale.ROOT)),
                                Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    /// The path H2 is told, without its suffix.
    Path database() {
        return directory.resolve("%s%010d".formatted(kind.prefix(), number));
    }

    Path path() {
        return directory.resolve(name());
    }

    String name() {
        return "%s%010d%s".formatted(kind.prefix(), number, SUFFIX);
    }

    long bytes() {
        try {
            return Files.size(path());
        } catch (IOException e) {
            return 0;
        }
    }
}
