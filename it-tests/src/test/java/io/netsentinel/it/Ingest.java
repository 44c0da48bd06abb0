package io.netsentinel.it;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Sends events over several connections at a steady rate and keeps the ledger: what was sent, and
/// what the server has acknowledged. A body that got no answer is sent again under its key until it
/// gets one, so in the end everything sent is acknowledged.
final class Ingest implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 250;
    private static final long PAUSE_NANOS = 20_000_000;

    private final AtomicReference<HttpApi> api;
    private final long intervalNanos;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<Integer> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger resent = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    /// @param rate events a second, over all connections
    Ingest(HttpApi api, int rate) {
        this.api = new AtomicReference<>(api);
        intervalNanos = 1_000_000_000L * BATCH * CONNECTIONS / rate;
        for (int n = 0; n < CONNECTIONS; n++) {
            String prefix = "c" + n;
            threads.add(Thread.ofVirtual().start(() -> run(prefix)));
        }
    }

    private void run(String prefix) {
        try {
            long due = System.nanoTime();
            for (int first = 0; !stopping; first += BATCH) {
                send(prefix, first);
                due = Math.max(due + intervalNanos, System.nanoTime() - intervalNanos);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void send(String prefix, int first) {
        byte[] body = Eve.requests(prefix, first, BATCH).getBytes(StandardCharsets.UTF_8);
        List<String> marks = Eve.marks(prefix, first, BATCH).toList();
        sent.addAll(marks);
        while (!acknowledged(body, prefix + "-" + first)) {
            resent.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        acknowledged.addAll(marks);
    }

    private boolean acknowledged(byte[] body, String key) {
        try {
            HttpResponse<String> answer =
                    api.get()
                            .post(
                                    "/api/events?format=eve",
                                    "application/x-ndjson",
                                    body,
                                    Map.of("Idempotency-Key", key));
            if (answer.statusCode() == 200) {
                int accepted = HttpApi.json(answer).path("accepted").asInt();
                if (accepted != BATCH) {
                    throw new AssertionError(answer.body());
                }
                return true;
            }
            refusals.add(answer.statusCode());
            if (!Set.of(429, 503, 507).contains(answer.statusCode())
                    || answer.headers().firstValue("Retry-After").isEmpty()) {
                throw new AssertionError(
                        answer.statusCode() + " " + answer.headers() + answer.body());
            }
            return false;
        } catch (UncheckedIOException _) {
            return false; // the server is away
        }
    }

    /// Goes on with a server that was started again.
    void goOnWith(HttpApi restarted) {
        api.set(restarted);
    }

    int acknowledgedCount() {
        requireNoFailure();
        return acknowledged.size();
    }

    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    Set<String> sent() {
        return Set.copyOf(sent);
    }

    /// The statuses other than 200 that were answered.
    Set<Integer> refusals() {
        return Set.copyOf(refusals);
    }

    int resent() {
        return resent.get();
    }

    /// Waits until so many more are acknowledged.
    void awaitMore(int count) {
        int before = acknowledgedCount();
        Await.until("events are acknowledged", () -> acknowledgedCount() >= before + count);
    }

    /// Ends when what was sent is acknowledged.
    void finish() {
        stopping = true;
        Await.until("all is acknowledged", () -> threads.stream().noneMatch(Thread::isAlive));
        requireNoFailure();
    }

    private void requireNoFailure() {
        Throwable e = failure.get();
        if (e != null) {
            throw new AssertionError("ingest failed", e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.forEach(Thread::interrupt);
    }
}
