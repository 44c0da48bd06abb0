package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// Connections on a socket in the file system, which owner and group may use.
final class UnixDoor implements Door {
    private final ServerSocketChannel server;
    private final Path path;

    private UnixDoor(ServerSocketChannel server, Path path) {
        this.server = server;
        this.path = path;
    }

    static UnixDoor open(Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        removeStale(path, address);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new UnixDoor(server, path);
    }

    /// A server that was killed leaves its socket behind; one that answers is another server's.
    private static void removeStale(Path path, UnixDomainSocketAddress address) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("there is a file of that name that is no socket");
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
        } catch (IOException _) {
            Files.delete(path);
            return;
        }
        throw new BindException("another process listens there");
    }

    @Override
    public Guest accept() throws IOException {
        return new UnixGuest(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }

    private record UnixGuest(SocketChannel channel) implements Guest {
        @Override
        public String address() {
            return "";
        }

        @Override
        public InputStream open() {
            return Channels.newInputStream(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
