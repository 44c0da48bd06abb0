package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// One of very many: follows one channel without a filter, where every offset has to come once and
/// in order, and comes back with its position when the server says so.
final class DenseClient implements AutoCloseable {
    private static final long RETRY_NANOS = 1_000_000_000;

    private final int port;
    private final String channel;
    private final String token;
    private final Thread thread;
    private final AtomicReference<String> problem = new AtomicReference<>("");
    private volatile boolean stopping;
    private volatile boolean connected;
    private volatile long position = -1;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Optional<Farewell> farewell = Optional.empty();
    private String epoch = "";

    /// What a draining server said.
    ///
    /// @param at `System.nanoTime()` when it came
    /// @param retryFrom the client comes back after so many milliseconds at the earliest …
    /// @param retryTo … and at the latest
    record Farewell(long at, long retryFrom, long retryTo) {}

    private DenseClient(int port, String channel, String token) {
        this.port = port;
        this.channel = channel;
        this.token = token;
        thread = Thread.ofVirtual().unstarted(this::run);
    }

    /// Starts to follow a channel from its end.
    static DenseClient start(int port, String channel, String token) {
        DenseClient client = new DenseClient(port, channel, token);
        client.thread.start();
        return client;
    }

    private void run() {
        while (!stopping && problem.get().isEmpty()) {
            try (LeanSocket socket = LeanSocket.open(port, path(), LeanSocket.bearer(token))) {
                follow(socket);
            } catch (LeanSocket.RefusedException e) {
                if (e.status() != 503) {
                    fail("refused with " + e.status());
                }
            } catch (IOException _) {
                // The server is away.
            } catch (RuntimeException | AssertionError e) {
                fail(e.toString());
            }
            connected = false;
            rest();
        }
    }

    private String path() {
        return "/ws/"
                + channel
                + (epoch.isEmpty() ? "" : "?offset=" + position + "&epoch=" + epoch);
    }

    private void rest() {
        long now = System.nanoTime();
        long until =
                farewell.map(said ->
                                said.at()
                                        + 1_000_000
                                                * ThreadLocalRandom.current()
                                                        .nextLong(
                                                                said.retryFrom(),
                                                                said.retryTo() + 1))
                        .filter(time -> time - now > 0)
                        .orElse(now + ThreadLocalRandom.current().nextLong(RETRY_NANOS));
        while (!stopping && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void follow(LeanSocket socket) throws IOException {
        while (!stopping) {
            LeanSocket.Message frame = socket.read();
            if (frame.opcode() == LeanSocket.CLOSE) {
                if (frame.closeCode() != 4001) {
                    fail("closed with " + frame.closeCode());
                }
                return;
            }
            JsonNode messages = HttpApi.parse(frame.text());
            if (messages.isArray()) {
                messages.forEach(this::take);
            } else {
                take(messages);
            }
        }
    }

    private void take(JsonNode message) {
        switch (message.path("type").asText()) {
            case "event" -> event(message);
            case "subscribed" -> subscribed(message);
            case "connected" -> {
                connected = true;
                connections.incrementAndGet();
            }
            case "ping" -> {}
            case "disconnect" ->
                    farewell =
                            Optional.of(
                                    new Farewell(
                                            System.nanoTime(),
                                            message.at("/retry/0").asLong(),
                                            message.at("/retry/1").asLong()));
            default -> fail("unexpected " + message);
        }
    }

    private void subscribed(JsonNode message) {
        long start = message.path("start").asLong();
        if (position >= 0 && (start != position || !message.path("recovered").asBoolean())) {
            fail("at " + position + " not recovered: " + message);
        }
        position = start;
        epoch = message.path("epoch").asText();
    }

    private void event(JsonNode message) {
        long offset = message.path("offset").asLong();
        if (offset != position + 1 || message.path("prev").asLong(offset) > position) {
            fail("at " + position + " came " + offset + " after " + message.path("prev"));
        }
        position = offset;
        received.incrementAndGet();
    }

    private void fail(String what) {
        problem.compareAndSet("", what);
    }

    /// What the server did wrong; empty when nothing.
    String problem() {
        return problem.get();
    }

    /// Whether `connected` was said on the present connection.
    boolean connected() {
        return connected;
    }

    int connections() {
        return connections.get();
    }

    /// The offset of the newest event; -1 before the first answer.
    long position() {
        return position;
    }

    int received() {
        return received.get();
    }

    Optional<Farewell> farewell() {
        return farewell;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
