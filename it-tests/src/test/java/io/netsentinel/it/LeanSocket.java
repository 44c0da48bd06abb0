package io.netsentinel.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A WebSocket client of a few kilobytes, for tests with thousands of them: a blocking socket to be
/// read by one (virtual) thread. It answers pings and nothing else by itself.
final class LeanSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int CONTINUATION = 0;
    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASKED = 0x80;
    private static final int SMALL = 125;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final int BUFFER = 2_048;
    private static final int HEAD = 16_384;
    private static final int LARGEST = 64 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final Object writing = new Object();
    private String answer = "";

    private LeanSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    /// A text, binary or close frame, put together when it came in fragments.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares messages
    record Message(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /// The code of a close frame, 1005 when it has none.
        int closeCode() {
            return payload.length < 2
                    ? 1005
                    : (payload[0] & 0xff) << Byte.SIZE | (payload[1] & 0xff);
        }
    }

    /// The handshake was answered with something else than 101.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        RefusedException(int status, String head) {
            super(head);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /// Connects and upgrades.
    ///
    /// @param headers more lines of the request, such as `Authorization: Bearer …`
    static LeanSocket open(int port, String path, List<String> headers) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            LeanSocket open = new LeanSocket(socket);
            open.upgrade(port, path, headers);
            return open;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static List<String> bearer(String token) {
        return List.of("Authorization: Bearer " + token);
    }

    private void upgrade(int port, String path, List<String> headers) throws IOException {
        StringBuilder request =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n")
                        .append("Connection: Upgrade\r\nUpgrade: websocket\r\n")
                        .append("Sec-WebSocket-Version: 13\r\n")
                        .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        socket.getOutputStream()
                .write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        answer = readHead();
        if (!answer.startsWith("HTTP/1.1 ")) {
            throw new IOException("no answer but " + answer);
        }
        int status = Integer.parseInt(answer.substring(9, 12));
        if (status != 101) {
            throw new RefusedException(status, answer);
        }
        socket.setSoTimeout(0);
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            if (head.length() > HEAD) {
                throw new IOException("an endless head");
            }
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// The head of the answer to the handshake.
    String answer() {
        return answer;
    }

    /// What comes next. Ends with an [EOFException] when the peer is gone, with a
    /// [java.net.SocketTimeoutException] when nothing comes in time.
    Message read() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
        int kind = CONTINUATION;
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = payload();
            int opcode = first & OPCODE;
            switch (opcode) {
                case PING -> send(PONG, payload);
                case PONG -> {}
                case CLOSE -> {
                    return new Message(CLOSE, payload);
                }
                default -> {
                    kind = opcode == CONTINUATION ? kind : opcode;
                    if ((first & FIN) != 0 && parts.size() == 0) {
                        return new Message(kind, payload);
                    }
                    parts.write(payload);
                    if ((first & FIN) != 0) {
                        return new Message(kind, parts.toByteArray());
                    }
                }
            }
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte() & LENGTH;
        long size =
                switch (length) {
                    case TWO_BYTES -> in.readUnsignedShort();
                    case EIGHT_BYTES -> in.readLong();
                    default -> length;
                };
        if (size < 0 || size > LARGEST) {
            throw new IOException("a frame of " + size + " bytes");
        }
        byte[] payload = in.readNBytes((int) size);
        if (payload.length < size) {
            throw new EOFException();
        }
        return payload;
    }

    /// How long [#read()] waits; 0 for ever.
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void text(String message) throws IOException {
        send(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    void send(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(FIN | opcode);
        if (payload.length <= SMALL) {
            frame.write(MASKED | payload.length);
        } else if (payload.length <= 0xffff) {
            frame.write(MASKED | TWO_BYTES);
            frame.write(payload.length >> Byte.SIZE);
            frame.write(payload.length);
        } else {
            frame.write(MASKED | EIGHT_BYTES);
            for (int shift = 56; shift >= 0; shift -= Byte.SIZE) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        int mask = ThreadLocalRandom.current().nextInt();
        byte[] key = {(byte) (mask >> 24), (byte) (mask >> 16), (byte) (mask >> 8), (byte) mask};
        frame.write(key);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ key[i & 3]);
        }
        synchronized (writing) {
            socket.getOutputStream().write(frame.toByteArray());
        }
    }

    /// Drops the connection without a word.
    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // It is gone.
        }
    }
}
