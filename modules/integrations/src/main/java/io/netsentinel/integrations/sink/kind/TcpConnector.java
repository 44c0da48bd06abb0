package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Connects to one target over TCP, or over TLS with its certificate and name checked.
final class TcpConnector {
    private static final int CONNECT_MILLIS = 10_000;

    private final SinkUrl url;
    private final TlsFiles tls;
    private final Limits limits;
    private final LongAdder connections = new LongAdder();

    TcpConnector(SinkUrl url, TlsFiles tls) {
        this(url, tls, Limits.none());
    }

    TcpConnector(SinkUrl url, TlsFiles tls, Limits limits) {
        this.limits = limits;
        this.url = url;
        this.tls = tls;
    }

    SinkUrl url() {
        return url;
    }

    /// A connection.
    ///
    /// @param stream what is spoken over
    /// @param plain the TCP connection under it; the same one without TLS
    record Connection(Socket stream, Socket plain) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    /// A new connection. The name is looked up each time, and the TLS files are read each time.
    Connection connect() throws IOException {
        InetAddress address = InetAddress.getByName(url.host());
        limits.check(url.host(), new InetAddress[] {address});
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address, url.port()), CONNECT_MILLIS);
            plain.setTcpNoDelay(true);
            // what is given up is sent again: nothing of it shall arrive late
            plain.setSoLinger(true, 0);
            Connection made =
                    new Connection(url.scheme().equals("tls") ? secured(plain) : plain, plain);
            connections.increment();
            return made;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /// Connections made so far.
    long connections() {
        return connections.sum();
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        tls.context()
                                .getSocketFactory()
                                // how the connection below ends is looked at afterwards
                                .createSocket(plain, url.host(), url.port(), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
