package io.netsentinel.queuing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// A backup as a file. It may have been through many hands: nothing in it can lead out of the
/// directory it is unpacked into.
final class BackupArchive {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)?");

    private BackupArchive() {}

    /// Unpacks it into a directory that is not there, or empty. When that fails, nothing is left in
    /// it.
    ///
    /// @throws DataDirectoryException saying why
    static void unpack(Path file, Path directory) {
        Path target = directory.toAbsolutePath().normalize();
        boolean made = !Files.exists(target);
        try {
            if (!made && !isEmpty(target)) {
                throw new DataDirectoryException(
                        target + " is not empty: a backup is restored into a new directory only");
            }
            Files0600.createDirectories(target);
        } catch (IOException e) {
            throw DataDirectory.unusable(target, e);
        }
        List<Path> written = new ArrayList<>();
        try {
            unpack(file, target, written);
        } catch (IOException | IllegalArgumentException e) {
            remove(written, target, made);
            throw new DataDirectoryException(file + " cannot be restored: " + text(e), e);
        }
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().isEmpty();
        }
    }

    /// The list at a zip's end tells whether it is whole; only reading it as a stream compares the
    /// checksums.
    private static void unpack(Path file, Path target, List<Path> written) throws IOException {
        int expected;
        try (ZipFile whole = new ZipFile(file.toFile())) {
            expected = whole.size();
        }
        int count = 1;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            ZipEntry head = zip.getNextEntry();
            if (head == null
                    || !head.getName().equals(LogBackup.HEAD)
                    || !read(zip).equals(LogBackup.FORMAT)) {
                throw new IOException("it is no backup of this version");
            }
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!NAME.matcher(entry.getName()).matches()) {
                    throw new IOException("it holds a file of a name no backup has");
                }
                Path out = target.resolve(entry.getName());
                Path folder = out.getParent();
                if (folder != null && !folder.equals(target) && !Files.exists(folder)) {
                    Files0600.createDirectories(folder);
                    written.add(folder);
                }
                written.add(out);
                Files.createFile(out);
                Files0600.protect(out);
                try (OutputStream stream = Files.newOutputStream(out)) {
                    zip.transferTo(stream);
                }
                count++;
            }
        }
        if (count != expected) {
            throw new IOException("it is damaged: %d of %d files".formatted(count, expected));
        }
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readNBytes(LogBackup.FORMAT.length() + 1), StandardCharsets.UTF_8);
    }

    private static void remove(List<Path> written, Path target, boolean made) {
        try {
            for (Path path : written.reversed()) {
                Files.deleteIfExists(path);
            }
            if (made) {
                Files.deleteIfExists(target);
            }
        } catch (IOException e) {
            System.getLogger("io.netsentinel.queuing")
                    .log(System.Logger.Level.WARNING, "cannot clean up " + target + ": " + e);
        }
    }
}
