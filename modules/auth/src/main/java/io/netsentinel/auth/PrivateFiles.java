package io.netsentinel.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Files that hold a secret: mode 0600, written whole or not at all, refused when others can read
/// them.
final class PrivateFiles {
    static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private PrivateFiles() {}

    /// Makes the directory, for its owner only, unless it is there.
    static void directory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER));
            }
        } catch (IOException e) {
            throw new AuthFilesException("cannot make the directory " + directory + ": " + e, e);
        }
    }

    /// Writes the file through a temporary one beside it, so that a crash leaves the old or the
    /// new.
    static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AuthFilesException("cannot write " + file + ": " + e, e);
        }
    }

    /// The file's content, or empty when there is none.
    ///
    /// @throws AuthFilesException when anybody but the owner may do anything with it
    static Optional<byte[]> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            requirePrivate(file);
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AuthFilesException("cannot read " + file + ": " + e, e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(permissions)) {
            throw new AuthFilesException(
                    "%s holds a secret and others can get at it (mode %s): run chmod 600 %s"
                            .formatted(file, PosixFilePermissions.toString(permissions), file));
        }
    }
}
