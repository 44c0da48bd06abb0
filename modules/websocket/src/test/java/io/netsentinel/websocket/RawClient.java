package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/// A client that sends exactly the bytes a test wants.
final class RawClient implements AutoCloseable {
    static final int FIN = 0x80;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] KEY = {0x12, (byte) 0xA4, 0x5C, (byte) 0xF7};

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /// A TCP connection, no handshake. Reads give up after 10 s.
    static RawClient tcp(int port) {
        return tcp(port, 0);
    }

    /// A TCP connection with a receive buffer of about that many bytes.
    static RawClient tcp(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An open WebSocket at `/`.
    static RawClient connect(int port) {
        return tcp(port).upgrade();
    }

    RawClient upgrade() {
        send(handshake("/"));
        String answer = readHead();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IllegalStateException("not upgraded: " + answer);
        }
        return this;
    }

    static String handshake(String path, String... more) {
        return head(
                path,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                String.join("\r\n", more));
    }

    static String head(String path, String... lines) {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : lines) {
            if (!line.isEmpty()) {
                head.append(line).append("\r\n");
            }
        }
        return head.append("\r\n").toString();
    }

    void send(String text) {
        send(text.getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(int firstByte, byte[] payload) {
        send(frame(firstByte, payload));
    }

    void text(String message) {
        send(FIN | TEXT, message.getBytes(UTF_8));
    }

    void close(int code) {
        send(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /// A masked frame in the shortest form.
    static byte[] frame(int firstByte, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstByte);
        int length = payload.length;
        if (length < 126) {
            out.write(0x80 | length);
        } else if (length < 65536) {
            out.writeBytes(new byte[] {(byte) 0xFE, (byte) (length >> 8), (byte) length});
        } else {
            out.writeBytes(new byte[] {(byte) 0xFF, 0, 0, 0, 0});
            out.writeBytes(
                    new byte[] {
                        (byte) (length >> 24),
                        (byte) (length >> 16),
                        (byte) (length >> 8),
                        (byte) length
                    });
        }
        out.writeBytes(KEY);
        out.writeBytes(masked(payload));
        return out.toByteArray();
    }

    static byte[] masked(byte[] payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= KEY[i & 3];
        }
        return masked;
    }

    static byte[] key() {
        return KEY.clone();
    }

    /// Status line and headers.
    String readHead() {
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
        } catch (EOFException e) {
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head.toString();
    }

    /// Everything until the server ends the stream.
    String readAll() {
        try {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads until the stream ends, in good order or not.
    void readAllOrReset() {
        try {
            in.readAllBytes();
        } catch (IOException e) {
            // a reset is an end, too
        }
    }

    Frame read() {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second;
            if (second == 126) {
                length = in.readUnsignedShort();
            } else if (second == 127) {
                length = in.readLong();
            }
            byte[] payload = in.readNBytes((int) length);
            if (payload.length != length) {
                throw new EOFException("half a frame");
            }
            return new Frame(first, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// True when the server ended the stream in good order.
    boolean ended() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return false;
        }
    }

    Socket socket() {
        return socket;
    }

    /// Ends the TCP connection without a close frame.
    void hangUp() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A frame from the server; a masked one or one with extension bits would show in `first`.
    @SuppressWarnings("ArrayRecordComponent") // compared by the tests' own means
    record Frame(int first, byte[] payload) {
        String text() {
            return new String(payload, UTF_8);
        }

        boolean isClose() {
            return first == (FIN | CLOSE);
        }

        int code() {
            return payload.length == 0 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }

        String reason() {
            return new String(Arrays.copyOfRange(payload, 2, payload.length), UTF_8);
        }
    }
}
