package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Publishes small events to one channel at a steady, modest rate over one connection. Each says in
/// `nanos` when it was sent.
final class Pulse implements AutoCloseable {
    private final LeanSocket socket;
    private final String channel;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<String> problem = new AtomicReference<>("");
    private volatile boolean stopping;

    /// @param token an administrator's
    Pulse(int port, String token, String channel) {
        this.channel = channel;
        try {
            socket = LeanSocket.open(port, "/ws", LeanSocket.bearer(token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try {
            while (true) {
                LeanSocket.Message frame = socket.read();
                if (frame.opcode() == LeanSocket.CLOSE) {
                    return;
                }
                JsonNode messages = HttpApi.parse(frame.text());
                if (messages.isArray()) {
                    messages.forEach(this::answered);
                } else {
                    answered(messages);
                }
            }
        } catch (IOException _) {
            // It is over.
        }
    }

    private void answered(JsonNode message) {
        switch (message.path("type").asText()) {
            case "published" -> {
                tail.set(message.path("offset").asLong());
                acknowledged.incrementAndGet();
            }
            case "error" -> problem.compareAndSet("", message.toString());
            default -> {}
        }
    }

    /// Publishes one event without waiting for the answer.
    void beat() {
        long id = sent.incrementAndGet();
        try {
            socket.text(
                    """
                    {"type":"publish","id":%d,"channel":"%s","data":{"beat":%d,"nanos":%d}}\
                    """
                            .formatted(id, channel, id, System.nanoTime()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Publishes so many events at a rate, and waits until all are acknowledged. Returns the offset
    /// of the last.
    long beat(int count, int rate) {
        long interval = 1_000_000_000L / rate;
        long due = System.nanoTime();
        for (int n = 0; n < count && !stopping; n++) {
            beat();
            due += interval;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        Await.until(
                "all beats are acknowledged",
                () -> {
                    if (!problem.get().isEmpty()) {
                        throw new AssertionError(problem.get());
                    }
                    return acknowledged.get() == sent.get();
                });
        return tail.get();
    }

    /// Ends a [#beat(int,int)] in another thread early.
    void rest() {
        stopping = true;
    }

    @Override
    public void close() {
        stopping = true;
        socket.close();
    }
}
