package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Publishes events at a steady rate over one connection and writes into the ledger what the server
/// acknowledged. What was not acknowledged when the connection broke is sent again, under the same
/// key, until it is.
final class LedgerPublisher implements AutoCloseable {
    private static final int BATCH = 25;
    private static final int NOT_AVAILABLE = 108;
    private static final int MOST_WAITING = 2_000;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long LATE_NANOS = 2_000_000_000;

    private final int port;
    private final String token;
    private final Ledger ledger;
    private final AtomicInteger numbers;
    private final long intervalNanos;
    private final Map<Integer, ChaosEvent> waiting = new LinkedHashMap<>();
    private final AtomicReference<Optional<Throwable>> failure =
            new AtomicReference<>(Optional.empty());
    private final Thread thread;
    private volatile boolean paused;
    private volatile boolean stopping;

    /// @param token an administrator's
    /// @param numbers where the next event's number comes from
    /// @param rate events a second
    LedgerPublisher(int port, String token, Ledger ledger, AtomicInteger numbers, int rate) {
        this.port = port;
        this.token = token;
        this.ledger = ledger;
        this.numbers = numbers;
        this.intervalNanos = 1_000_000_000L * BATCH / rate;
        thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        while (failure.get().isEmpty() && !(stopping && idle())) {
            try (LeanSocket socket = LeanSocket.open(port, "/ws", LeanSocket.bearer(token))) {
                publish(socket, Thread.ofVirtual().start(() -> read(socket)));
            } catch (IOException _) {
                LockSupport.parkNanos(PAUSE_NANOS); // the server is away
            } catch (Throwable e) {
                fail(e);
            }
        }
    }

    private void publish(LeanSocket socket, Thread reader) throws IOException {
        List<ChaosEvent> again;
        synchronized (waiting) {
            again = List.copyOf(waiting.values());
        }
        for (int i = 0; i < again.size(); i += BATCH) {
            send(socket, again.subList(i, Math.min(i + BATCH, again.size())));
        }
        long due = System.nanoTime();
        while (reader.isAlive() && !(stopping && idle())) {
            if (!paused && !stopping && count() < MOST_WAITING) {
                send(socket, fresh());
            }
            due = Math.max(due + intervalNanos, System.nanoTime() - LATE_NANOS);
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private List<ChaosEvent> fresh() {
        int first = numbers.getAndAdd(BATCH);
        synchronized (waiting) {
            for (int number = first; number < first + BATCH; number++) {
                waiting.put(number, ChaosEvent.of(number));
            }
        }
        return IntStream.range(first, first + BATCH).mapToObj(ChaosEvent::of).toList();
    }

    private static void send(LeanSocket socket, List<ChaosEvent> events) throws IOException {
        StringBuilder frame = new StringBuilder("[");
        for (ChaosEvent event : events) {
            frame.append(frame.length() == 1 ? "" : ",").append(event.command());
        }
        socket.text(frame.append(']').toString());
    }

    private void read(LeanSocket socket) {
        try {
            while (true) {
                LeanSocket.Message message = socket.read();
                if (message.opcode() == LeanSocket.CLOSE) {
                    return;
                }
                JsonNode frame = HttpApi.parse(message.text());
                for (JsonNode one : frame.isArray() ? frame : List.of(frame)) {
                    answered(one);
                }
            }
        } catch (IOException _) {
            // The connection is lost; what waits is sent again.
        } catch (Throwable e) {
            fail(e);
        } finally {
            socket.close();
        }
    }

    private void answered(JsonNode message) throws IOException {
        switch (message.path("type").asText()) {
            case "published" -> published(message);
            case "error" -> {
                if (!message.path("temporary").asBoolean()
                        && message.path("code").asInt() != NOT_AVAILABLE) {
                    throw new AssertionError("not published: " + message);
                }
                throw new IOException("again, over a new connection");
            }
            default -> {}
        }
    }

    private void published(JsonNode message) {
        int number = message.path("id").asInt();
        ledger.acknowledged(
                message.path("channel").asText(), message.path("offset").asLong(), number);
        synchronized (waiting) {
            waiting.remove(number);
        }
    }

    private int count() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private boolean idle() {
        return count() == 0;
    }

    /// Sends nothing new, and waits until all that was sent is acknowledged.
    void pause() {
        paused = true;
        Await.until(
                "what was published is acknowledged",
                () -> {
                    requireNoFailure();
                    return idle();
                });
    }

    void resume() {
        paused = false;
    }

    /// Ends when all is acknowledged.
    void finish() {
        stopping = true;
        Await.until("all is acknowledged", () -> !thread.isAlive());
        requireNoFailure();
    }

    private void fail(Throwable e) {
        failure.set(Optional.of(e));
    }

    private void requireNoFailure() {
        failure.get()
                .ifPresent(e -> {
                    throw new AssertionError("publishing failed", e);
                });
    }

    @Override
    public void close() {
        stopping = true;
        synchronized (waiting) {
            waiting.clear();
        }
    }
}
