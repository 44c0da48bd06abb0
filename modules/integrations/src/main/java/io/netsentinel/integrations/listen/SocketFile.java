package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// The name of a socket in the file system.
final class SocketFile {
    private SocketFile() {}

    /// Tries whether somebody answers there.
    interface Probe {
        /// Tries it.
        ///
        /// @throws IOException when nobody does
        void connect() throws IOException;
    }

    /// A server that was killed leaves its socket behind, which is removed; one that answers is
    /// another server's, and a file that is no socket is somebody's.
    static void removeStale(Path path, Probe probe) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("there is a file of that name that is no socket");
        }
        try {
            probe.connect();
        } catch (IOException _) {
            Files.delete(path);
            return;
        }
        throw new BindException("another process listens there");
    }

    /// Owner and group may write to it.
    static void share(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    }
}
