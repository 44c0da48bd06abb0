package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// Connections over TCP, with or without TLS.
final class TcpDoor implements Door {
    private static final int BACKLOG = 256;
    private static final int HANDSHAKE_MILLIS = 10_000;

    private final ServerSocket server;
    private final Optional<TlsFiles> tls;

    private TcpDoor(ServerSocket server, Optional<TlsFiles> tls) {
        this.server = server;
        this.tls = tls;
    }

    static TcpDoor open(InetSocketAddress address, Optional<TlsFiles> tls) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new TcpDoor(server, tls);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public Guest accept() throws IOException {
        return new TcpGuest(server.accept(), tls);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private record TcpGuest(Socket socket, Optional<TlsFiles> tls) implements Guest {
        @Override
        public String address() {
            return socket.getInetAddress().getHostAddress();
        }

        @Override
        public InputStream open() throws IOException {
            socket.setKeepAlive(true);
            if (tls.isEmpty()) {
                return socket.getInputStream();
            }
            socket.setSoTimeout(HANDSHAKE_MILLIS);
            SSLSocket secured = tls.get().secure(socket);
            try {
                secured.startHandshake();
            } catch (SSLException | SocketTimeoutException e) {
                throw new IOException(
                        "the TLS handshake failed: the client trusts another certificate, shows"
                                + " none that is asked for, or does not speak TLS 1.2 or 1.3",
                        e);
            }
            socket.setSoTimeout(0);
            return secured.getInputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
