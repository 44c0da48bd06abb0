package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/// A WebSocket client that sends exactly the bytes a test wants, right or wrong, and shows what
/// comes back as it is.
final class RawWebSocket implements AutoCloseable {
    static final int CONTINUE = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    static final String VERSION = "Sec-WebSocket-Version: 13";

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Random RANDOM = new Random(6455);

    private final Socket socket;
    private final DataInputStream in;
    private final String answer;

    private RawWebSocket(int port, String request) {
        try {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            send(request.getBytes(ISO_8859_1));
            this.answer = readHead();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends some request and reads the head of the answer.
    static RawWebSocket request(int port, String request) {
        return new RawWebSocket(port, request);
    }

    /// An open WebSocket.
    static RawWebSocket open(int port, String path, String... headers) {
        RawWebSocket opened = new RawWebSocket(port, handshake(path, headers));
        if (!opened.answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("not upgraded: " + opened.answer);
        }
        return opened;
    }

    static String handshake(String path, String... more) {
        return get(path, "Host: localhost", "Upgrade: websocket", "Connection: Upgrade")
                .replaceFirst(
                        "\r\n\r\n$",
                        "\r\n" + String.join("\r\n", VERSION, KEY) + "\r\n" + lines(more) + "\r\n");
    }

    /// A request with these header lines and no others.
    static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\n" + lines(headers) + "\r\n";
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    /// Status line and headers of the answer to the handshake.
    String answer() {
        return answer;
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends hexadecimal digits as bytes.
    void hex(String digits) {
        send(bytes(digits));
    }

    /// Sends a masked frame in its shortest form.
    void frame(int first, byte[] payload) {
        send(masked(first, payload));
    }

    void text(String message) {
        frame(FIN | TEXT, message.getBytes(UTF_8));
    }

    void binary(byte[] message) {
        frame(FIN | BINARY, message);
    }

    /// Sends a close frame with a code and a reason in bytes.
    void close(int code, byte... reason) {
        frame(
                FIN | CLOSE,
                ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array());
    }

    static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /// A masked frame whose length is in its shortest form.
    static byte[] masked(int first, byte[] payload) {
        int length = payload.length;
        int bytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        return masked(first, bytes, length, payload);
    }

    /// A masked frame.
    ///
    /// @param lengthBytes 0, 2 or 8: how the length is written
    /// @param length what it says
    static byte[] masked(int first, int lengthBytes, long length, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + lengthBytes + 4 + payload.length);
        frame.put((byte) first);
        switch (lengthBytes) {
            case 0 -> frame.put((byte) (0x80 | length));
            case 2 -> frame.put((byte) 0xFE).putShort((short) length);
            default -> frame.put((byte) 0xFF).putLong(length);
        }
        byte[] key = new byte[4];
        RANDOM.nextBytes(key);
        frame.put(key);
        int start = frame.position();
        frame.put(payload);
        byte[] array = frame.array();
        for (int i = 0; i < payload.length; i++) {
            array[start + i] ^= key[i & 3];
        }
        return array;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /// The next frame, which may be none that a server may send: the tests look at all of it.
    Frame read() {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length =
                    switch (second) {
                        case 126 -> in.readUnsignedShort();
                        case 127 -> in.readLong();
                        default -> second;
                    };
            if (second > 127) {
                throw new AssertionError("a masked frame from the server");
            }
            if ((second == 126 && length < 126) || (second == 127 && length < 65_536)) {
                throw new AssertionError("length " + length + " not in its shortest form");
            }
            byte[] payload = in.readNBytes(Math.toIntExact(length));
            if (payload.length < length) {
                throw new EOFException("half a frame");
            }
            return new Frame(first, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The code of the close frame that comes next, -1 for one without a code; after it the server
    /// must end the TCP connection in good order although this side does not.
    int closedWith() {
        Frame close = read();
        if (close.first() != (FIN | CLOSE)) {
            throw new AssertionError("not a close frame: " + close);
        }
        requireEnd();
        return close.code();
    }

    /// Waits for the end of the stream; anything else is a failure.
    void requireEnd() {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("more bytes after the close frame: " + next);
            }
        } catch (IOException e) {
            throw new AssertionError("the connection was not ended in good order", e);
        }
    }

    /// Ends the TCP connection with a reset.
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /// A frame from the server.
    ///
    /// @param first FIN, the reserved bits and the opcode
    @SuppressWarnings("ArrayRecordComponent") // compared by the tests' own means
    record Frame(int first, byte[] payload) {
        String text() {
            return new String(payload, UTF_8);
        }

        int code() {
            return payload.length < 2 ? -1 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }
}
