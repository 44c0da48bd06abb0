package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of the protocol with the WebSocket of the JDK. Messages are looked at in the order they
/// came; one that was not expected ends the test.
final class Subscriber implements AutoCloseable, WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<String> PASSED_OVER = Set.of("ping", "connected", "subscribed");

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private Subscriber(URI address, String token) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.subprotocols("netsentinel.v1.json").buildAsync(address, this).join();
    }

    /// Upgrades; a token, when there is one, goes into the upgrade.
    static Subscriber open(HttpApi api, String path) {
        return new Subscriber(address(api.address(), path), api.token());
    }

    /// Subscribes to a channel from a position on.
    static Subscriber from(HttpApi api, String channel, String epoch, long offset) {
        Subscriber subscriber = open(api, "/ws");
        subscriber.send(
                """
                {"type":"subscribe","id":1,"channel":"%s","offset":%d,"epoch":"%s"}\
                """
                        .formatted(channel, offset, epoch));
        return subscriber;
    }

    static URI address(URI server, String path) {
        return URI.create("ws://" + server.getAuthority() + path);
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /// The next message of one type.
    JsonNode next(String type) {
        while (true) {
            JsonNode message = next();
            String found = message.path("type").asText();
            if (found.equals(type)) {
                return message;
            }
            if (!PASSED_OVER.contains(found)) {
                throw new AssertionError("expected " + type + ", got " + message);
            }
        }
    }

    /// The next message, whatever it is.
    JsonNode next() {
        return next(Await.PATIENCE)
                .orElseThrow(() -> new AssertionError("no message came; closed: " + closed));
    }

    /// The next message, whatever it is; empty when none comes in time.
    Optional<JsonNode> next(Duration patience) {
        try {
            return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The next so many events.
    List<JsonNode> events(int count) {
        List<JsonNode> events = new ArrayList<>(count);
        while (events.size() < count) {
            events.add(next("event"));
        }
        return events;
    }

    /// What came and was not looked at yet.
    List<JsonNode> rest() {
        List<JsonNode> rest = new ArrayList<>();
        messages.drainTo(rest);
        return rest;
    }

    /// The code of the close frame, or 1006 when there was none.
    int closeCode() {
        return closed.orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonNode frame = HttpApi.parse(text.toString());
            text.setLength(0);
            if (frame.isArray()) {
                frame.forEach(messages::add);
            } else {
                messages.add(frame);
            }
        }
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed(statusCode);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed(1006);
    }

    /// Stands in the queue as a message of the type `closed`.
    private void closed(int code) {
        if (closed.complete(code)) {
            messages.add(HttpApi.parse("{\"type\":\"closed\",\"code\":" + code + "}"));
        }
    }

    /// Drops the connection.
    @Override
    public void close() {
        socket.abort();
    }
}
