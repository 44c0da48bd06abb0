package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A subscriber that costs little, so that it can be run beside the server on the same two
/// processors: it reads frames by itself and looks only at the beginning of each event. It checks
/// that on every channel each offset comes once and in order, with the lines of an [EveStream] in
/// the order of the file, and that no line comes twice.
final class StreamReader implements AutoCloseable {
    /// The channels that get each line once; `threats` has copies.
    static final List<String> CHANNELS = List.of("network", "alerts", "packets", "system");

    private static final byte[] HEALTH = "\"dataset\":\"netsentinel.health\"".getBytes(US_ASCII);
    private static final byte[] HEAD = "{\"type\":\"event\",\"channel\":\"".getBytes(US_ASCII);
    private static final byte[] OFFSET = "\",\"offset\":".getBytes(US_ASCII);
    private static final byte[] DATA = "\"data\":{\"@timestamp\":\"".getBytes(US_ASCII);
    private static final int BUFFER = 1 << 18;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Map<String, Channel> channels = new HashMap<>();
    private final BitSet lines = new BitSet();
    private final AtomicLong count = new AtomicLong();
    private volatile String problem = "";

    private static final class Channel {
        private long offset;
        private long line = -1;
    }

    /// Connects and subscribes to all of [#CHANNELS] from their beginning.
    StreamReader(HttpApi api) {
        try {
            int port = api.address().getPort();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setReceiveBufferSize(1 << 20);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
            out = socket.getOutputStream();
            upgrade(port, api.token());
            int id = 1;
            for (String channel : CHANNELS) {
                channels.put(channel, new Channel());
                send(
                        1,
                        "{\"type\":\"subscribe\",\"id\":%d,\"channel\":\"%s\",\"offset\":0}"
                                .formatted(id++, channel)
                                .getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("stream-reader").start(this::run);
    }

    private void upgrade(int port, String token) throws IOException {
        out.write(
                ("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:"
                                + port
                                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Protocol: netsentinel.v1.json\r\n"
                                + "Authorization: Bearer "
                                + token
                                + "\r\n\r\n")
                        .getBytes(US_ASCII));
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            head += (char) in.readUnsignedByte();
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(head);
        }
    }

    /// A short frame, masked with zeros.
    private void send(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        frame.write(0x80 | payload.length);
        frame.write(new byte[4]);
        frame.write(payload);
        out.write(frame.toByteArray());
    }

    private void run() {
        try {
            while (problem.isEmpty()) {
                frame();
            }
        } catch (IOException | RuntimeException e) {
            problem = "the reader ended: " + e;
        }
    }

    private void frame() throws IOException {
        int opcode = in.readUnsignedByte() & 15;
        int small = in.readUnsignedByte();
        long length = small < 126 ? small : small == 126 ? in.readUnsignedShort() : in.readLong();
        byte[] payload = in.readNBytes((int) length);
        if (opcode == PING) {
            send(PONG, payload);
        } else if (opcode == CLOSE) {
            problem = "closed: " + new String(payload, 2, payload.length - 2, UTF_8);
        } else {
            message(payload);
        }
    }

    private void message(byte[] payload) {
        int at = find(HEAD, payload, 0);
        if (at < 0) {
            String text = new String(payload, UTF_8);
            if (!text.contains("\"type\":\"subscribed\"")
                    && !text.contains("\"type\":\"connected\"")
                    && !text.contains("\"type\":\"ping\"")) {
                problem = text;
            }
        }
        while (at >= 0) {
            at = find(HEAD, payload, event(payload, at + HEAD.length));
        }
    }

    /// @return where to look for the next one
    private int event(byte[] payload, int name) {
        int end = find(OFFSET, payload, name);
        String channelName = new String(payload, name, end - name, US_ASCII);
        Channel channel = channels.get(channelName);
        int data = find(DATA, payload, end);
        if (channel == null || data < 0) {
            problem = "an event nobody wrote: " + new String(payload, name, 200, UTF_8);
            return payload.length;
        }
        int at = end + OFFSET.length;
        long offset = 0;
        while (payload[at] != ',') {
            offset = offset * 10 + payload[at++] - '0';
        }
        if (ownWord(payload, data) && offset == channel.offset + 1) {
            channel.offset = offset;
            return data;
        }
        long line = EveStream.number(payload, data + DATA.length);
        if (offset != channel.offset + 1 || line <= channel.line || lines.get((int) line)) {
            problem =
                    "%s: after offset %d with line %d came offset %d with line %d"
                            .formatted(channelName, channel.offset, channel.line, offset, line);
        }
        channel.offset = offset;
        channel.line = line;
        lines.set((int) line);
        count.incrementAndGet();
        return data;
    }

    /// What the server itself says about a sensor, between the lines of the file.
    private static boolean ownWord(byte[] payload, int data) {
        int word = find(HEALTH, payload, data);
        int next = find(HEAD, payload, data);
        return word >= 0 && (next < 0 || word < next);
    }

    private static int find(byte[] wanted, byte[] bytes, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && matches(wanted, bytes, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] wanted, byte[] bytes, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /// Lines received so far.
    long count() {
        requireNoProblem();
        return count.get();
    }

    /// Fails when something came that should not have.
    void requireNoProblem() {
        if (!problem.isEmpty()) {
            throw new AssertionError(problem);
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
