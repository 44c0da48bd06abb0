package io.netsentinel.app;

import io.netsentinel.queuing.PurgeSubject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Removes the lines that name a subject from the server's own log file and from those it became
/// (`FILE.1`, `FILE.2`, …). Each file is replaced in one step; [RotatedFile] notices that of its
/// own.
final class LogFilePurge {
    private final Path file;
    private final PurgeSubject subject;

    LogFilePurge(Path file, PurgeSubject subject) {
        this.file = file.toAbsolutePath();
        this.subject = subject;
    }

    /// How many lines name the subject.
    long count() {
        return files().stream().mapToLong(this::count).sum();
    }

    /// Removes them.
    ///
    /// @return how many there were
    long remove() {
        return files().stream().mapToLong(this::remove).sum();
    }

    private List<Path> files() {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        Pattern name =
                Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + "(\\.[0-9]+)?");
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> name.matcher(String.valueOf(one.getFileName())).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Read as Latin-1 every byte is a character, so that any file can be read and written.
    private long count(Path one) {
        try (Stream<String> lines = Files.lines(one, StandardCharsets.ISO_8859_1)) {
            return lines.filter(this::names).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean names(String latin) {
        return subject.inText(
                new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private long remove(Path one) {
        long found = count(one);
        if (found == 0) {
            return 0;
        }
        Path fresh = one.resolveSibling(one.getFileName() + ".purge");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            try (BufferedReader in = Files.newBufferedReader(one, StandardCharsets.ISO_8859_1);
                    Writer out = Files.newBufferedWriter(fresh, StandardCharsets.ISO_8859_1)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (!names(line)) {
                        out.write(line);
                        out.write('\n');
                    }
                }
            }
            Files.move(
                    fresh,
                    one,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + one + " anew", e);
        }
    }
}
