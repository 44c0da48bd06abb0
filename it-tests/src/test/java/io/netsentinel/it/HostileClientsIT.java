package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Clients that do their worst, all at once, cost the others nothing and leave nothing behind.
final class HostileClientsIT {
    private static final int EVENTS_PER_SECOND = 1_000;
    private static final long SLOW_NANOS = 500_000_000;

    /// Descriptors and threads the server may have more than before: files of the log that were
    /// opened meanwhile, threads of the Java machine.
    private static final long SLACK = 24;

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;
    private static HttpApi viewer;

    private final List<HostileClient> slow = new ArrayList<>();
    private volatile boolean over;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.serve(data, 0);
        admin = HttpApi.admin(server, data);
        viewer = Tokens.issue(server, data, "visitor", "viewer");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void allOfThemAtOnceDelayNobodyAndNothingIsLeftBehind() throws Exception {
        try (Ingest ingest = new Ingest(admin, EVENTS_PER_SECOND)) {
            ingest.awaitMore(2 * EVENTS_PER_SECOND);
            long descriptors = descriptors();
            long threads = threads();
            long before = admin.tail("network");
            try (Subscriber well = Subscriber.open(viewer, "/ws")) {
                well.send("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"network\"}");
                long start = well.next("subscribed").path("start").asLong();
                assertThat(start).isGreaterThanOrEqualTo(before);
                List<Thread> drops = dripping();
                HostileClient deaf = neverReads();
                pingFlood();
                manySubscriptions();
                deepJson();
                garbage();
                ingest.awaitMore(3 * EVENTS_PER_SECOND);
                ingest.finish();
                long tail = admin.tail("network");
                receivesEverything(well, start, tail);
                over = true;
                for (Thread thread : drops) {
                    thread.join();
                }
                slow.forEach(HostileClient::close);
                // it took no byte for ten seconds
                Await.until("the server has ended who never reads", () -> connections() == 1);
                deaf.close();
            }
            Await.until("no connection is left", () -> connections() == 0);
            Await.until("descriptors are back", () -> descriptors() <= descriptors + SLACK);
            Await.until("threads are back", () -> threads() <= threads + SLACK);
        }
    }

    private static void receivesEverything(Subscriber subscriber, long start, long tail) {
        long at = start;
        while (at < tail) {
            var event = subscriber.next("event");
            assertThat(event.path("offset").asLong()).isEqualTo(at + 1);
            assertThat(event.path("prev").asLong()).isEqualTo(at);
            at++;
        }
    }

    /// Subscribes to everything there is and reads nothing.
    private HostileClient neverReads() {
        HostileClient client = HostileClient.open(viewer, "/ws");
        for (int i = 0; i < 8; i++) {
            client.send(
                    "{\"type\":\"subscribe\",\"id\":%d,\"sub\":\"s%d\",\"channel\":\"network\",\"offset\":0}"
                            .formatted(i, i));
        }
        return client;
    }

    /// Writes one byte at a time: a request, a handshake's rest, a frame.
    private List<Thread> dripping() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            HostileClient client =
                    i % 2 == 0
                            ? HostileClient.silent(server.port())
                            : HostileClient.open(viewer, "/ws");
            slow.add(client);
            byte[] bytes =
                    i % 2 == 0
                            ? "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                                    .getBytes(StandardCharsets.US_ASCII)
                            : HostileClient.frame(
                                    HostileClient.TEXT, "{\"type\":\"" + "x".repeat(500));
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int at = 0; at < bytes.length && !over; at++) {
                                        client.write(new byte[] {bytes[at]});
                                        LockSupport.parkNanos(SLOW_NANOS);
                                    }
                                } catch (IOException _) {
                                    // ended by the server, as it should be
                                }
                            }));
        }
        return threads;
    }

    private void pingFlood() {
        try (HostileClient client = HostileClient.open(viewer, "/ws")) {
            Thread flood =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0;
                                        i < 50_000 && client.send(HostileClient.PING, "p");
                                        i++) {
                                    // until it is thrown out
                                }
                            });
            client.closeCode();
            flood.interrupt();
        }
    }

    private void manySubscriptions() {
        try (HostileClient client = HostileClient.open(viewer, "/ws")) {
            Thread flood =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 5_000; i++) {
                                    if (!client.send(
                                            "{\"type\":\"subscribe\",\"id\":%d,\"sub\":\"s%d\",\"channel\":\"alerts\"}"
                                                    .formatted(i, i))) {
                                        return;
                                    }
                                }
                            });
            // 4013 or 4505, or the end of the socket under what is still coming in
            assertThat(client.closeCode().orElse(4505)).isIn(4013, 4505, 4509);
            flood.interrupt();
        }
    }

    private void deepJson() {
        for (String text :
                List.of(
                        "{\"a\":".repeat(10_000),
                        "[".repeat(10_000),
                        "{\"type\":\"publish\",\"data\":"
                                + "[".repeat(10_000)
                                + "]".repeat(10_000)
                                + "}")) {
            try (HostileClient client = HostileClient.open(viewer, "/ws")) {
                client.send(text);
                assertThat(client.closeCode()).hasValue(4501);
            }
        }
    }

    private void garbage() throws IOException {
        try (HostileClient client = HostileClient.open(viewer, "/ws")) {
            client.send("x".repeat(100_000));
            assertThat(client.closeCode()).hasValue(1009);
        }
        try (HostileClient client = HostileClient.open(viewer, "/ws")) {
            client.write(new byte[] {(byte) 0x81, 0x02, 'h', 'i'}); // not masked
            assertThat(client.closeCode()).hasValue(1002);
        }
        try (HostileClient client = HostileClient.silent(server.port())) {
            client.write(new byte[] {0, 1, 2, 3, 0x7f, '\r', '\n', '\r', '\n'});
            client.closeCode();
        }
    }

    private static int connections() {
        return HttpApi.json(admin.get("/ws/connections?limit=1000")).path("connections").size();
    }

    private static long descriptors() {
        return count("fd");
    }

    private static long threads() {
        return count("task");
    }

    private static long count(String what) {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + server.pid() + "/" + what))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
