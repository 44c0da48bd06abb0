package io.netsentinel.integrations.sink.kind;

import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.sink.format.SyslogMessage;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Syslog over TCP or TLS, octet counted.
///
/// Syslog knows no answer: what was written may still be in a buffer when the connection breaks,
/// and nobody would know. So a batch is a connection: after the last message this side closes its
/// direction and waits for the other to close too, which it does when it has read everything. A
/// reset, also one that follows the other's end, or no end in time, means that the batch is sent
/// again. With `confirm: false` one connection is kept instead, for receivers that never close, and
/// a break loses what was in buffers.
final class TcpSyslogSink implements Sink {
    private static final int MOST_BACK = 64 << 10;

    private final TcpConnector connector;
    private final SyslogMessage message;
    private final boolean confirm;
    private Optional<TcpConnector.Connection> open = Optional.empty();

    TcpSyslogSink(TcpConnector connector, SyslogMessage message, boolean confirm) {
        this.connector = connector;
        this.message = message;
        this.confirm = confirm;
    }

    @Override
    public String target() {
        return connector.url().text();
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        Map<Integer, String> refused = new HashMap<>();
        byte[] frames = frames(batch, refused);
        if (frames.length > 0) {
            if (confirm) {
                try (TcpConnector.Connection connection = connector.connect()) {
                    connection.stream().getOutputStream().write(frames);
                    awaitEnd(connection);
                }
            } else {
                write(frames);
            }
        }
        return refused.isEmpty()
                ? Delivery.ALL
                : new Delivery.Partly(refused, Set.of(), "", Duration.ZERO);
    }

    private byte[] frames(List<SinkRecord> batch, Map<Integer, String> refused) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream(batch.size() * 1_024);
        for (int i = 0; i < batch.size(); i++) {
            try {
                message.frame(batch.get(i), frames);
            } catch (MalformedEventException e) {
                refused.put(i, "no event: " + e.getMessage());
            }
        }
        return frames.toByteArray();
    }

    private static void awaitEnd(TcpConnector.Connection connection) throws IOException {
        connection.stream().shutdownOutput();
        readToEnd(connection.stream().getInputStream());
        // the end of TLS is not yet that of the connection below it
        readToEnd(connection.plain().getInputStream());
        TcpEnd.requirePeace(connection.plain());
    }

    private static void readToEnd(InputStream in) throws IOException {
        byte[] back = new byte[1_024];
        int read = 0;
        for (int count = in.read(back); count >= 0; count = in.read(back)) {
            read += count;
            if (read > MOST_BACK) {
                throw new IOException("the receiver sends data back: it is no syslog receiver");
            }
        }
    }

    private void write(byte[] frames) throws IOException {
        TcpConnector.Connection connection = open.isPresent() ? open.get() : connector.connect();
        open = Optional.of(connection);
        Socket socket = connection.stream();
        try {
            requireOpen(socket);
            socket.getOutputStream().write(frames);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// A connection the receiver closed while there was nothing to send takes what is written and
    /// drops it.
    private static void requireOpen(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the receiver closed the connection");
            }
        } catch (SocketTimeoutException _) {
            // nothing to read and no end: it is open
        }
    }

    @Override
    public OptionalLong connections() {
        return OptionalLong.of(connector.connections());
    }

    @Override
    public void close() {
        open.ifPresent(connection -> {
            try {
                connection.close();
            } catch (IOException _) {
                // it is not used any more
            }
        });
        open = Optional.empty();
    }
}
