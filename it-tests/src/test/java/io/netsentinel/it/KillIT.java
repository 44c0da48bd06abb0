package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed in the middle of its work. What it acknowledged is there afterwards, once.
final class KillIT {
    private static final int KILLS = 5;
    private static final int FILE_KILLS = 3;
    private static final int RATE = 5_000;
    private static final Duration RESTART = Duration.ofSeconds(5);

    @TempDir private Path folder;

    @Test
    void fiveKillsDuringIngestLoseNothingAndRepeatNothing() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        long begin = System.nanoTime();
        ServerProcess server = serve(data, 0);
        // on a busy machine even an empty server needs long
        Duration patience = longer(RESTART, Duration.ofNanos(2 * (System.nanoTime() - begin)));
        HttpApi api = HttpApi.admin(server, data);
        List<Duration> restarts = new ArrayList<>();
        try (Ingest ingest = new Ingest(api, RATE);
                ResumingSubscriber subscriber =
                        new ResumingSubscriber(api, "network", epoch(api, "network"))) {
            for (int kill = 0; kill < KILLS; kill++) {
                ingest.awaitMore(RATE);
                server.kill();
                begin = System.nanoTime();
                server = serve(data, server.port());
                restarts.add(Duration.ofNanos(System.nanoTime() - begin));
            }
            ingest.awaitMore(RATE);
            ingest.finish();
            List<JsonNode> stored = api.stored("network");
            assertThat(stored)
                    .extracting(Eve::mark)
                    .containsExactlyInAnyOrderElementsOf(ingest.acknowledged());
            Views.requireDense(stored);
            long tail = stored.size();
            Await.until(
                    "the subscriber has all",
                    Duration.ofMinutes(1),
                    () -> subscriber.position() == tail);
            assertThat(subscriber.finish()).isEqualTo(stored.stream().map(Eve::mark).toList());
            System.out.printf(
                    "%d events, %d bodies sent again, %d connections, %d of them silent, restarts %s%n",
                    tail,
                    ingest.resent(),
                    subscriber.connections(),
                    subscriber.silences(),
                    restarts);
            assertThat(restarts).allMatch(restart -> restart.compareTo(patience) <= 0);
            assertThat(stored)
                    .extracting(event -> event.path("data").path("id").asText())
                    .doesNotHaveDuplicates();
        } finally {
            server.close();
        }
    }

    private static ServerProcess serve(Path data, int port) {
        return ServerProcess.start(
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(port))
                        .environment(
                                "NETSENTINEL_LIMITS_PING_INTERVAL",
                                ResumingSubscriber.PING_INTERVAL),
                data.resolveSibling(data.getFileName() + ".log"));
    }

    @Test
    void killsWhileAFileIsFollowedStoreEveryLineOnce() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path eve = Files.createFile(folder.resolve("eve.json"));
        ServerProcess server = ServerProcess.serve(data, 0, "--eve", eve.toString());
        HttpApi api = HttpApi.admin(server, data);
        try (LineWriter writer = new LineWriter(eve)) {
            for (int kill = 0; kill < FILE_KILLS; kill++) {
                long before = api.tail("network");
                Await.until("lines are stored", () -> api.tail("network") > before + 500);
                server.kill();
                server = ServerProcess.serve(data, server.port(), "--eve", eve.toString());
            }
            int lines = writer.finish();
            Await.until("all is stored", () -> api.tail("network") >= lines);
            List<JsonNode> stored = api.stored("network");
            assertThat(stored)
                    .extracting(Eve::mark)
                    .containsExactlyElementsOf(Eve.marks("line", 0, lines).toList());
            assertThat(api.tail("dead-letters")).isZero();
        } finally {
            server.close();
        }
    }

    @Test
    void askedToStopUnderLoadItSaysGoodbyeAndKeepsWhatItAcknowledged() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        ServerProcess server = ServerProcess.serve(data, 0);
        HttpApi api = HttpApi.admin(server, data);
        try (Ingest ingest = new Ingest(api, RATE);
                Subscriber subscriber = Subscriber.open(api, "/ws/network")) {
            ingest.awaitMore(RATE);
            long begin = System.nanoTime();
            assertThat(server.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(10));
            checkFarewell(subscriber);
            server = ServerProcess.serve(data, server.port());
            ingest.finish();
            assertThat(api.stored("network"))
                    .extracting(Eve::mark)
                    .containsExactlyInAnyOrderElementsOf(ingest.acknowledged());
        } finally {
            server.close();
        }
    }

    private static void checkFarewell(Subscriber subscriber) {
        long last = 0;
        while (true) {
            JsonNode message = subscriber.next();
            String type = message.path("type").asText();
            if (type.equals("event")) {
                last = message.path("offset").asLong();
            } else if (type.equals("disconnect")) {
                assertThat(message.path("code").asInt()).isEqualTo(4001);
                assertThat(message.path("reconnect").asBoolean()).isTrue();
                assertThat(message.path("retry")).hasSize(2);
                assertThat(message.at("/pos/network/network/0").asLong()).isEqualTo(last);
                assertThat(subscriber.closeCode()).isEqualTo(4001);
                return;
            } else if (type.equals("closed")) {
                throw new AssertionError("closed without a word: " + message);
            }
        }
    }

    private static String epoch(HttpApi api, String channel) {
        for (JsonNode one : HttpApi.json(api.get("/ws/channels")).path("channels")) {
            if (one.path("name").asText().equals(channel)) {
                return one.path("epoch").asText();
            }
        }
        throw new AssertionError("no channel " + channel);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
