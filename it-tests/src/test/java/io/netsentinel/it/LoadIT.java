package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More than a thousand connections at once, each signed in and subscribed, and every event to
/// every one of them exactly once.
final class LoadIT {
    private static final int PER_CHANNEL = 600;
    private static final int EVENTS = 150;
    private static final int RATE = 30;

    @TempDir private Path folder;

    @Test
    void twelveHundredConnectionsGetEveryEventOnceAndInOrder() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ServerProcess server = ServerProcess.serve(data, 0);
                Pulse network = pulse(server, HttpApi.admin(server, data), "network");
                Pulse logs = pulse(server, HttpApi.admin(server, data), "logs");
                Crowd crowd = new Crowd(server.port())) {
            HttpApi admin = HttpApi.admin(server, data);
            long begin = System.nanoTime();
            crowd.admit(PER_CHANNEL, "network", token(data, "one", "viewer"));
            crowd.admit(PER_CHANNEL, "logs", token(data, "two", "analyst"));
            Duration entered = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(subscribers(admin, "network")).isEqualTo(PER_CHANNEL);
            assertThat(subscribers(admin, "logs")).isEqualTo(PER_CHANNEL);

            begin = System.nanoTime();
            Thread other = Thread.ofVirtual().start(() -> logs.beat(EVENTS, RATE));
            network.beat(EVENTS, RATE);
            join(other);
            crowd.await("all events came", client -> client.received() >= EVENTS);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(crowd.clients())
                    .allMatch(client -> client.received() == EVENTS)
                    .allMatch(client -> client.position() == EVENTS)
                    .allMatch(client -> client.connections() == 1);
            crowd.requireNoProblem();
            long deliveries = (long) crowd.size() * EVENTS;
            assertThat(admin.get("/metrics").body())
                    .as("the server's own count, to the message")
                    .contains(counted("network"), counted("logs"));
            assertThat(HttpApi.json(admin.get("/ws/stats")).at("/streams/delivered").asLong())
                    .isEqualTo(deliveries);
            System.out.printf(
                    "%d connections in %d ms; %d deliveries in %d ms (%d/s)%n",
                    crowd.size(),
                    entered.toMillis(),
                    deliveries,
                    took.toMillis(),
                    deliveries * 1_000 / took.toMillis());
            assertThat(server.stop()).isZero();
            crowd.await("all were told to go", client -> client.farewell().isPresent());
        }
    }

    private static String counted(String channel) {
        return "netsentinel_delivered_events_total{channel=\"%s\"} %d\n"
                .formatted(channel, PER_CHANNEL * EVENTS);
    }

    private static Pulse pulse(ServerProcess server, HttpApi admin, String channel) {
        return new Pulse(server.port(), admin.token(), channel);
    }

    static String token(Path data, String name, String role) {
        Launch.Result token =
                Launch.of("token", "--data", data.toString(), "--name", name, "--role", role).run();
        assertThat(token.exit()).as(token.err()).isZero();
        return token.out().strip();
    }

    private static int subscribers(HttpApi admin, String channel) {
        for (JsonNode one : HttpApi.json(admin.get("/ws/channels")).path("channels")) {
            if (one.path("name").asText().equals(channel)) {
                return one.path("subscribers").asInt();
            }
        }
        throw new AssertionError("no channel " + channel);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
