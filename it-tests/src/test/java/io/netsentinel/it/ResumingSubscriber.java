package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Follows one channel from its beginning and comes back with its position whenever the connection
/// is lost, or silent for longer than the server's pings allow. It holds the server to the
/// protocol: every offset once and in order, no hole.
final class ResumingSubscriber implements AutoCloseable {
    /// What the server is to be started with; the variable is `NETSENTINEL_LIMITS_PING_INTERVAL`.
    static final String PING_INTERVAL = "5s";

    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final long PAUSE_NANOS = 50_000_000;

    private final AtomicReference<HttpApi> api;
    private final String channel;
    private final List<String> marks = new ArrayList<>();
    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile long position;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger silences = new AtomicInteger();
    private String epoch;

    ResumingSubscriber(HttpApi api, String channel, String epoch) {
        this.api = new AtomicReference<>(api);
        this.channel = channel;
        this.epoch = epoch;
        thread = Thread.ofVirtual().start(this::run);
    }

    void goOnWith(HttpApi restarted) {
        api.set(restarted);
    }

    /// The offset of the newest event it has.
    long position() {
        Throwable e = failure.get();
        if (e != null) {
            throw new AssertionError("the subscriber failed at " + position, e);
        }
        return position;
    }

    int connections() {
        return connections.get();
    }

    /// How often a connection that was not closed had fallen silent.
    int silences() {
        return silences.get();
    }

    /// Ends it. Returns the marks of what it got, in order.
    List<String> finish() {
        close();
        return List.copyOf(marks);
    }

    private void run() {
        try {
            while (!stopping) {
                try (Subscriber subscriber = Subscriber.from(api.get(), channel, epoch, position)) {
                    follow(subscriber);
                } catch (CompletionException _) {
                    LockSupport.parkNanos(PAUSE_NANOS); // the server is away
                }
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void follow(Subscriber subscriber) throws IOException {
        while (!stopping) {
            Optional<JsonNode> next = subscriber.next(SILENCE);
            if (next.isEmpty()) {
                silent();
                return;
            }
            JsonNode message = next.get();
            switch (message.path("type").asText()) {
                case "event" -> event(message);
                case "subscribed" -> subscribed(message);
                case "closed" -> {
                    return;
                }
                case "ping", "disconnect", "connected" -> {}
                default -> throw new AssertionError("unexpected: " + message);
            }
        }
    }

    /// Says what the server and the kernel know of the connection, for whoever wants to know whose
    /// fault it was. Seen so far: the server was killed just after the handshake, the kernel has
    /// the client's side as closed by the other (08), and Java's client has not noticed.
    private void silent() throws IOException {
        silences.incrementAndGet();
        System.out.printf(
                "silent for %s at %d; the server's connections: %s; the kernel's: %s%n",
                SILENCE, position, connectionsOfServer(), connectionsOfKernel());
    }

    private String connectionsOfServer() {
        try {
            return api.get().get("/ws/connections").body();
        } catch (UncheckedIOException e) {
            return "away (" + e.getMessage() + ")";
        }
    }

    private List<String> connectionsOfKernel() throws IOException {
        String port = String.format(":%04X ", api.get().address().getPort());
        List<String> all = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path file = Path.of(table);
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.contains(port))
                        .map(line -> line.strip().split("\\s+", 5))
                        .forEach(words -> all.add(words[1] + " " + words[2] + " " + words[3]));
            }
        }
        return all;
    }

    private void subscribed(JsonNode message) {
        if (!message.path("recovered").asBoolean() || message.path("start").asLong() != position) {
            throw new AssertionError("not resumed at " + position + ": " + message);
        }
        connections.incrementAndGet();
        epoch = message.path("epoch").asText();
    }

    private void event(JsonNode event) {
        Views.requireComplete(List.of(event), position);
        marks.add(Eve.mark(event));
        position = event.path("offset").asLong();
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
