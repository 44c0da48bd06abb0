package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.events.MessagePack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// A client of the protocol on the JDK's WebSocket.
final class StreamClient implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final AtomicInteger ids = new AtomicInteger();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private final ByteArrayOutputStream partialBytes = new ByteArrayOutputStream();

    /// Text frames, binary frames, and those of both that were compressed.
    final AtomicInteger frames = new AtomicInteger();

    final AtomicInteger binaryFrames = new AtomicInteger();
    final AtomicInteger gzipFrames = new AtomicInteger();
    final AtomicInteger pings = new AtomicInteger();

    /// The key pair offered to the server, and what became of it.
    private volatile Optional<KeyPair> offered = Optional.empty();

    private volatile Optional<FrameCipher> opens = Optional.empty();
    private volatile Optional<FrameCipher> seals = Optional.empty();

    /// The key the server keeps, once it was told.
    volatile String serverKey = "";

    /// The status the server refused the handshake with; 101 when it did not.
    static int refusal(int port, String path, String... headers) {
        try (StreamClient _ = connect(port, path, List.of(), headers)) {
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    static StreamClient connect(
            int port, String path, List<String> subprotocols, String... headers) {
        StreamClient client = new StreamClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.getFirst(), subprotocols.stream().skip(1).toArray(String[]::new));
        }
        builder.buildAsync(URI.create("ws://localhost:" + port + path), client).join();
        return client;
    }

    String subprotocol() {
        return socket.join().getSubprotocol();
    }

    /// A public key of its own, to be put into `connect`. From the server's answer on everything is
    /// encrypted.
    String offer() {
        try {
            offered = Optional.of(P256.generate());
            return MessageEncryption.text(P256.write(offered.get().getPublic()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void agreed(JsonNode answer) {
        KeyPair own = offered.orElseThrow();
        try {
            ByteArrayOutputStream salt = new ByteArrayOutputStream();
            ByteArrayOutputStream secret = new ByteArrayOutputStream();
            salt.writeBytes(P256.write(own.getPublic()));
            for (String name : List.of("key", "identity")) {
                byte[] key = Base64.getUrlDecoder().decode(answer.path(name).asText());
                salt.writeBytes(key);
                secret.writeBytes(P256.shared(own.getPrivate(), P256.read(key, own.getPublic())));
            }
            FrameCipher.Agreement agreement =
                    new FrameCipher.Agreement(
                            salt.toByteArray(),
                            secret.toByteArray(),
                            answer.path("framesPerKey").asInt());
            opens = Optional.of(FrameCipher.opening(FrameCipher.Sender.SERVER, agreement));
            seals = Optional.of(FrameCipher.sealing(FrameCipher.Sender.CLIENT, agreement));
            serverKey = answer.path("identity").asText();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// A message as it goes over the wire of an encrypted connection.
    byte[] sealed(String text) {
        byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try {
            return seals.orElseThrow().next(packed() ? MessagePack.fromJson(json) : json);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// Sends text as it is.
    StreamClient raw(String text) {
        if (seals.isPresent()) {
            binary(sealed(text));
        } else if (packed()) {
            binary(MessagePack.fromJson(text.getBytes(StandardCharsets.UTF_8)));
        } else {
            socket.join().sendText(text, true).join();
        }
        return this;
    }

    /// Sends a text frame, whatever was agreed on.
    void text(String text) {
        socket.join().sendText(text, true).join();
    }

    /// Whether the server took MessagePack.
    private boolean packed() {
        return subprotocol().endsWith(".msgpack");
    }

    void binary(byte[] bytes) {
        socket.join().sendBinary(java.nio.ByteBuffer.wrap(bytes), true).join();
    }

    /// Sends a command; `'` stands for `"`.
    ///
    /// @return its id
    int send(String type, String members) {
        int id = ids.incrementAndGet();
        String rest = members.isEmpty() ? "" : "," + members.replace('\'', '"');
        raw("{\"type\":\"" + type + "\",\"id\":" + id + rest + "}");
        return id;
    }

    /// Sends a command many times, or until the server has closed the connection because of it.
    void flood(int times, String type, String members) {
        try {
            for (int i = 0; i < times && !closed.isDone(); i++) {
                send(type, members);
            }
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
    }

    /// Sends a command and waits for what carries its id.
    JsonNode ask(String type, String members) {
        int id = send(type, members);
        return await(message -> message.path("id").asInt(-1) == id);
    }

    /// Sends a command and expects an error; its code.
    int refused(String type, String members) {
        JsonNode error = ask(type, members);
        assertThat(error.path("type").asText()).as("%s", error).isEqualTo("error");
        return error.path("code").asInt();
    }

    /// The next message that fits; those before it are dropped.
    JsonNode await(Predicate<JsonNode> wanted) {
        while (true) {
            JsonNode message = next();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    JsonNode await(String type) {
        return await(message -> message.path("type").asText().equals(type));
    }

    JsonNode next() {
        try {
            JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message in time").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The next events, other messages are dropped.
    List<JsonNode> events(int count) {
        List<JsonNode> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(await("event"));
        }
        return events;
    }

    /// Whether nothing has come that was not taken.
    boolean quiet() {
        return messages.isEmpty();
    }

    /// The code the server closes with.
    int closeCode() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Waits for `disconnect` and the close frame, which must say the same.
    CloseCode closedWith() {
        int said = await("disconnect").path("code").asInt();
        assertThat(closeCode()).isEqualTo(said);
        for (CloseCode code : CloseCode.values()) {
            if (code.number() == said) {
                return code;
            }
        }
        throw new AssertionError("close code " + said);
    }

    /// Messages may come before the builder's answer does, on the thread that would give it.
    @Override
    public void onOpen(WebSocket from) {
        socket.complete(from);
        from.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.incrementAndGet();
            String text = partial.toString();
            partial.setLength(0);
            received(text);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, java.nio.ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        partialBytes.writeBytes(part);
        if (last) {
            binaryFrames.incrementAndGet();
            byte[] bytes = opened(partialBytes.toByteArray());
            partialBytes.reset();
            boolean zipped = bytes[0] == 0x1F;
            (zipped ? gzipFrames : new AtomicInteger()).incrementAndGet();
            byte[] plain = zipped ? gunzip(bytes) : bytes;
            byte[] json = packed() ? MessagePack.toJson(plain, 64) : plain;
            received(new String(json, StandardCharsets.UTF_8));
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private byte[] opened(byte[] frame) {
        try {
            return opens.isPresent() ? opens.get().next(frame) : frame;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a frame of the server that cannot be opened", e);
        }
    }

    private void received(String text) {
        try {
            JsonNode frame = JSON.readTree(text);
            if (frame.path("type").asText().equals("encrypted")) {
                agreed(frame);
            }
            if (frame.isArray()) {
                frame.forEach(messages::add);
            } else if (frame.path("type").asText().equals("compressed")) {
                gzipFrames.incrementAndGet();
                byte[] plain = gunzip(frame.path("data").binaryValue());
                received(new String(plain, StandardCharsets.UTF_8));
            } else {
                messages.add(frame);
            }
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, java.nio.ByteBuffer message) {
        pings.incrementAndGet();
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        if (socket.isDone()) {
            socket.join().abort();
        }
    }
}
