package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files a source means: one path, or a pattern in its last part (`eve.*.json`). Compressed
/// files are never meant: they are old ones, read before.
final class FilePattern {
    private static final Pattern COMPRESSED =
            Pattern.compile(".*\\.(gz|bz2|xz|zst|lz4|zip|Z|tmp|swp)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROTATED = Pattern.compile("[._-]\\d[\\w.:-]*");
    private static final int MOST = 10_000;

    private final Path path;
    private final Path directory;
    private final String name;
    private final boolean glob;
    private final List<Path> roots;

    /// @param roots directories the files must lie in, links resolved; empty for everywhere
    FilePattern(String text, List<Path> roots) {
        path = Path.of(text).toAbsolutePath().normalize();
        directory = java.util.Objects.requireNonNullElse(path.getParent(), path);
        name = String.valueOf(path.getFileName());
        glob = name.matches(".*[*?\\[{].*") && !Files.exists(path);
        this.roots = List.copyOf(roots);
    }

    /// The files there are now, the longest unchanged first.
    List<Found> files() {
        List<Path> paths = glob ? list(name) : List.of(path);
        return found(paths.stream());
    }

    private List<Found> found(Stream<Path> paths) {
        return paths.filter(file -> !COMPRESSED.matcher(file.getFileName() + "").matches())
                .flatMap(file -> Found.at(file).stream())
                .filter(this::allowed)
                .sorted(Comparator.comparingLong(Found::modified).thenComparing(Found::name))
                .toList();
    }

    /// Files that rotation may have made of a file of that name: `eve.json.1`, `eve.json-20260601`.
    List<Found> rotated(String original) {
        return found(
                list("*").stream()
                        .filter(file -> {
                            String other = file.getFileName() + "";
                            return other.startsWith(original)
                                    && ROTATED.matcher(other.substring(original.length()))
                                            .matches();
                        }));
    }

    /// Every file of the directory, for finding one by its identity.
    List<Found> neighbours() {
        return found(list("*").stream());
    }

    /// Why the one file that is meant cannot be read; empty when it can, or is just not there.
    String problem() {
        if (glob || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        if (!Files.exists(path)) {
            return path + " is a link to nothing";
        }
        if (!Files.isRegularFile(path)) {
            return path + " is not a regular file";
        }
        boolean outside = Found.at(path).filter(this::allowed).isEmpty();
        return outside ? path + " lies outside of the allowed directories" : "";
    }

    /// Why nothing could be read now; empty when nothing is known against it.
    Optional<String> test() {
        if (!problem().isEmpty()) {
            return Optional.of(problem());
        }
        List<Found> files = files();
        if (files.isEmpty()) {
            return Optional.of(path + ": there is no such file yet");
        }
        return files.stream()
                .filter(file -> !Files.isReadable(file.path()))
                .findFirst()
                .map(file -> file.path() + " may not be read by this server's user");
    }

    private List<Path> list(String pattern) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
            for (Path file : stream) {
                if (paths.size() == MOST) {
                    break;
                }
                paths.add(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // a directory that is not there yet, or not readable for now, has no files for now
            return List.of();
        }
        return paths;
    }

    private boolean allowed(Found found) {
        if (roots.isEmpty()) {
            return true;
        }
        try {
            Path real = found.path().toRealPath();
            return roots.stream().anyMatch(real::startsWith);
        } catch (IOException e) {
            return false;
        }
    }
}
