package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

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
        SocketFile.removeStale(path, () -> probe(address));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address);
            SocketFile.share(path);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new UnixDoor(server, path);
    }

    private static void probe(UnixDomainSocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
        }
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
