package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an HTTP POST, which is answered after the commit, to 100 subscribers, at 1,000 posts a
/// second by a clock (open loop), beside Undertow, which answers and repeats what it got and keeps
/// nothing.
@Tag("long")
final class PostLatencyBenchmark {
    private static final int SUBSCRIBERS = 100;
    private static final int RATE = 1_000;
    private static final int WARM_UP_SECONDS = 15;
    private static final int SECONDS = 15;
    private static final int UNDER_WAY = 256;
    private static final long DRAIN_NANOS = 5_000_000_000L;
    private static final String PAD = "x".repeat(400);

    @TempDir private Path folder;

    /// @param p50 milliseconds from when a post was due until a subscriber had it
    private record Seen(double p50, double p99) {}

    @Test
    void fromAPostToItsSubscribers() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Seen ours;
        try (ServerProcess server = BenchServer.start(data)) {
            BenchServer target = BenchServer.of(server, data);
            String token = HttpApi.admin(server, data).token();
            try (FanReceiver receiver =
                    new FanReceiver(
                            target.port(),
                            target.subscribers(),
                            SUBSCRIBERS,
                            target.head(),
                            target.first().replace("\"lab\"", "\"network\""),
                            target.answer())) {
                ours =
                        measure(
                                receiver,
                                server.address().resolve("/api/events?format=event"),
                                token,
                                "{\"event\":{\"kind\":\"event\",\"module\":\"bench\"},\"labels\":{\"ts_ns\":%d},\"message\":\""
                                        + PAD
                                        + "\"}");
            }
        }
        Seen theirs;
        try (BenchServer.Reference reference = new BenchServer.Reference()) {
            BenchServer target = reference.target();
            try (FanReceiver receiver = target.subscribe(SUBSCRIBERS)) {
                theirs =
                        measure(
                                receiver,
                                URI.create("http://127.0.0.1:" + target.port() + "/post"),
                                "",
                                target.event());
            }
        }
        try (Results results = Results.of("post")) {
            results.add("post to subscriber, p50", ours.p50(), "ms", "Undertow", theirs.p50());
            results.add("post to subscriber, p99", ours.p99(), "ms", "Undertow", theirs.p99());
        }
    }

    private static Seen measure(FanReceiver receiver, URI address, String token, String body) {
        post(receiver, address, token, body, WARM_UP_SECONDS);
        post(receiver, address, token, body, SECONDS);
        assertThat(receiver.problem()).isEmpty();
        return new Seen(receiver.latencies().millis(0.5), receiver.latencies().millis(0.99));
    }

    /// Returns when every subscriber has everything.
    private static void post(
            FanReceiver receiver, URI address, String token, String body, int seconds) {
        int count = seconds * RATE;
        long wanted = receiver.received() + (long) count * SUBSCRIBERS;
        AtomicInteger refused = new AtomicInteger();
        Semaphore underWay = new Semaphore(UNDER_WAY);
        long start = System.nanoTime();
        receiver.begin(start);
        try (HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long due = start + i * (1_000_000_000L / RATE);
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                underWay.acquireUninterruptibly();
                threads.execute(() -> {
                    if (!taken(client, address, token, body.formatted(due))) {
                        refused.incrementAndGet();
                    }
                    underWay.release();
                });
            }
        }
        assertThat(refused).hasValue(0);
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (receiver.received() < wanted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(receiver.received()).as("deliveries").isEqualTo(wanted);
    }

    private static boolean taken(HttpClient client, URI address, String token, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
