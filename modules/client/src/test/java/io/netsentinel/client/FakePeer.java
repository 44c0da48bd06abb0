package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// The server's end of one connection, as the test plays it.
final class FakePeer {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final OutputStream out;
    private final BlockingQueue<ObjectNode> received = new LinkedBlockingQueue<>();
    private volatile boolean gone;
    private volatile int closedWith = -1;
    private final AtomicInteger pongs = new AtomicInteger();
    private volatile String request = "";
    private volatile UnaryOperator<byte[]> opening = frame -> frame;

    private FakePeer(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    static FakePeer accept(Socket socket, String refusal) throws IOException {
        FakePeer peer = new FakePeer(socket);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        peer.request = head.toString();
        if (!refusal.isEmpty()) {
            peer.write(refusal + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket.close();
            return peer;
        }
        peer.write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept(header(head.toString(), "Sec-WebSocket-Key"))
                        + "\r\nSec-WebSocket-Protocol: "
                        + header(head.toString(), "Sec-WebSocket-Protocol")
                        + "\r\n\r\n");
        Thread.ofVirtual().start(() -> peer.read(in));
        return peer;
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void read(DataInputStream in) {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte() & 0x7f;
                length =
                        switch (length) {
                            case 126 -> in.readUnsignedShort();
                            case 127 -> (int) in.readLong();
                            default -> length;
                        };
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                if (mask.length < 4 || payload.length < length) {
                    throw new EOFException();
                }
                for (int i = 0; i < length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                frame(opcode, payload);
            }
        } catch (IOException | Frames.MalformedException _) {
            gone = true;
        }
    }

    private void frame(int opcode, byte[] payload) throws Frames.MalformedException {
        switch (opcode) {
            case TEXT -> received.addAll(Frames.text(new String(payload, StandardCharsets.UTF_8)));
            case BINARY -> received.addAll(Frames.binary(opening.apply(payload)));
            case PONG -> pongs.incrementAndGet();
            case CLOSE -> closedWith = ByteBuffer.wrap(payload).getShort();
            default -> {}
        }
    }

    /// The next message of one type; others before it are passed over.
    ObjectNode next(String type) {
        try {
            while (true) {
                ObjectNode message = received.poll(Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no " + type + " came");
                }
                if (message.path("type").asText().equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What came and was not looked at, of one type.
    long count(String type) {
        return received.stream().filter(one -> one.path("type").asText().equals(type)).count();
    }

    /// Answers `connect`: every subscription begins where it asks, or at 0.
    ///
    /// @return the `connect`
    ObjectNode welcome() {
        return welcome("");
    }

    /// @param more members for `connected`
    ObjectNode welcome(String more) {
        ObjectNode connect = next("connect");
        long id = connect.path("id").asLong();
        connect.path("subs")
                .properties()
                .forEach(entry -> {
                    JsonNode asked = entry.getValue();
                    if (!asked.path("channel").asText().contains("*")) {
                        subscribed(id, entry.getKey(), asked);
                    }
                });
        say("{'type':'connected','id':%d,'session':'s','user':'u','time':1%s}".formatted(id, more));
        return connect;
    }

    /// Answers a `subscribe` as [#welcome()] does.
    ObjectNode subscribe() {
        ObjectNode subscribe = next("subscribe");
        subscribed(subscribe.path("id").asLong(), subscribe.path("sub").asText(), subscribe);
        return subscribe;
    }

    private void subscribed(long id, String sub, JsonNode asked) {
        String recovered = asked.has("offset") ? ",'recovered':true" : "";
        say(
                "{'type':'subscribed','id':%d,'sub':'%s','channel':'%s','epoch':'e1','start':%d,'tail':0,'first':1%s}"
                        .formatted(
                                id,
                                sub,
                                asked.path("channel").asText(),
                                asked.path("offset").asLong(),
                                recovered));
    }

    /// Events of `alerts`, each with the one before as its `prev`.
    void events(long from, long to) {
        StringBuilder frame = new StringBuilder("[");
        for (long offset = from; offset <= to; offset++) {
            frame.append(offset == from ? "" : ",").append(event("alerts", offset, offset - 1));
        }
        say(frame.append(']').toString());
    }

    static String event(String channel, long offset, long prev) {
        return "{'type':'event','channel':'%s','offset':%d,'prev':%d,'time':1,'data':{'n':%d}}"
                .formatted(channel, offset, prev, offset);
    }

    /// Sends a text frame; `'` stands for `"`.
    void say(String text) {
        send(TEXT, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /// What has to be done with binary frames before they can be read.
    void opening(UnaryOperator<byte[]> its) {
        opening = its;
    }

    void sayBytes(byte[] bytes) {
        send(BINARY, bytes);
    }

    void ping() {
        send(PING, new byte[0]);
    }

    void close(int code) {
        send(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    private synchronized void send(int opcode, byte[] payload) {
        try {
            out.write(0x80 | opcode);
            if (payload.length < 126) {
                out.write(payload.length);
            } else if (payload.length < 1 << 16) {
                out.write(126);
                out.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
            } else {
                out.write(127);
                out.write(ByteBuffer.allocate(8).putLong(payload.length).array());
            }
            out.write(payload);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends nothing more, but the connection stays.
    void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Drops the connection without a word.
    void abort() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean gone() {
        return gone;
    }

    int closedWith() {
        return closedWith;
    }

    int pongs() {
        return pongs.get();
    }

    /// What the client asked for in its handshake.
    String request() {
        return request;
    }
}
