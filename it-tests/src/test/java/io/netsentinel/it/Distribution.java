package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The distribution under test, unzipped once for all tests of this process: several may run at
/// once.
final class Distribution {
    private static final String PREFIX = "distribution-";
    private static final Path HOME = unzip();

    private Distribution() {}

    /// The folder `netsentinel-VERSION`.
    static Path home() {
        return HOME;
    }

    static Path launcher() {
        return HOME.resolve("bin").resolve("netsentinel");
    }

    static Path zip() {
        return Path.of(System.getProperty("netsentinel.zip", "")).toAbsolutePath().normalize();
    }

    private static Path unzip() {
        Path folder = Path.of("target").toAbsolutePath();
        Path target = folder.resolve(PREFIX + ProcessHandle.current().pid());
        try (FileSystem zip =
                FileSystems.newFileSystem(zip(), Map.of("enablePosixFileAttributes", true))) {
            deleteLeftovers(folder);
            Path root = zip.getPath("/");
            try (Stream<Path> entries = Files.walk(root)) {
                for (Path entry : (Iterable<Path>) entries::iterator) {
                    copy(entry, target.resolve(root.relativize(entry).toString()));
                }
            }
            try (Stream<Path> folders = Files.list(target)) {
                return folders.findFirst().orElseThrow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path entry, Path file) throws IOException {
        if (Files.isDirectory(entry)) {
            Files.createDirectories(file);
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(entry);
        Files.copy(entry, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(file, permissions);
    }

    /// What processes left that are gone.
    private static void deleteLeftovers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Distribution::leftover).toList()) {
                delete(file);
            }
        } catch (UncheckedIOException _) {
            // another process deletes them as well
        }
    }

    private static boolean leftover(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX)
                && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length())))
                        .filter(process -> process.pid() != ProcessHandle.current().pid())
                        .isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
