package io.netsentinel.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A WebSocket client that does only what it is told, good or bad.
final class HostileClient implements AutoCloseable {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SMALL_BUFFER = 4_096;
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    private final Socket socket = new Socket();

    private HostileClient(int port) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /// Connects and says nothing.
    static HostileClient silent(int port) {
        try {
            return new HostileClient(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Connects and upgrades.
    static HostileClient open(HttpApi api, String path) {
        try {
            HostileClient client = new HostileClient(api.address().getPort());
            client.write(
                    ("GET "
                                    + path
                                    + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                    + api.address().getPort()
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                    + "Authorization: Bearer "
                                    + api.token()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.input().readUnsignedByte());
            }
            if (!head.toString().startsWith("HTTP/1.1 101")) {
                throw new AssertionError("no upgrade: " + head);
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataInputStream input() throws IOException {
        return new DataInputStream(socket.getInputStream());
    }

    /// Writes bytes as they are.
    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /// Bytes of a masked frame.
    static byte[] frame(int opcode, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        int extra = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
        byte[] frame = new byte[2 + extra + MASK.length + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (0x80 | (extra == 0 ? payload.length : extra == 2 ? 126 : 127));
        for (int i = 0; i < extra; i++) {
            frame[2 + i] = (byte) ((long) payload.length >>> (8 * (extra - 1 - i)));
        }
        System.arraycopy(MASK, 0, frame, 2 + extra, MASK.length);
        for (int i = 0; i < payload.length; i++) {
            frame[2 + extra + MASK.length + i] = (byte) (payload[i] ^ MASK[i % MASK.length]);
        }
        return frame;
    }

    /// Sends a text; false when the server has ended the connection.
    boolean send(String text) {
        return send(TEXT, text);
    }

    boolean send(int opcode, String text) {
        try {
            write(frame(opcode, text));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Reads until the server closes; the code of its close frame, empty when there was none.
    Optional<Integer> closeCode() {
        try {
            DataInputStream in = input();
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                long length = in.readUnsignedByte();
                length =
                        length == 126
                                ? in.readUnsignedShort()
                                : length == 127 ? in.readLong() : length;
                byte[] payload = in.readNBytes((int) length);
                if (opcode == CLOSE) {
                    return Optional.of(((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
                }
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
