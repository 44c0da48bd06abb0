package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is asked to stop while ten thousand clients listen, and is started again: all are
/// told when to come back, spread over time, and all are back soon and miss nothing.
///
/// Needs 10,000 open files for each of two processes (`ulimit -n`). `-Dnetsentinel.storm.clients=N`
/// takes another number.
@Tag("long")
final class ReconnectStormBenchmark {
    private static final int CLIENTS = Integer.getInteger("netsentinel.storm.clients", 10_000);
    private static final int SPARE_FILES = 2_000;
    private static final int EVENTS = 10;
    private static final int RATE = 5;
    private static final Duration AIM = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void everybodyIsBackWithinThirtySeconds() throws IOException {
        requireFiles();
        Path data = Files.createDirectory(folder.resolve("data"));
        ServerProcess server = start(data, 0);
        int port = server.port();
        try (Crowd crowd = new Crowd(port)) {
            String token = LoadIT.token(data, "storm", "viewer");
            HttpApi admin = HttpApi.admin(server, data);
            long begin = System.nanoTime();
            crowd.admit(CLIENTS, "network", token);
            long entered = millisSince(begin);
            long resident = ProcessFigures.resident(server);
            publish(port, admin);

            begin = System.nanoTime();
            assertThat(server.stop()).isZero();
            long stopped = millisSince(begin);
            crowd.await("all were told", client -> client.farewell().isPresent());
            server = start(data, port);
            long ready = millisSince(begin);
            publish(port, admin.at(server)); // what nobody is there for
            crowd.await("all are back", client -> client.connections() == 2);
            long back = millisSince(begin);
            crowd.await("all have all", client -> client.position() == 2 * EVENTS);
            crowd.requireNoProblem();
            long told = spread(crowd.clients());
            try (Results results = Results.of("reconnect")) {
                results.add(CLIENTS + " clients in after", entered, "ms");
                results.add("memory of the server a client", (resident >> 10) / CLIENTS, "KiB");
                results.add("told to go within", told, "ms");
                results.add("stopped after", stopped, "ms");
                results.add("ready again after", ready, "ms");
                results.add("all back after SIGTERM", back, "ms");
            }
            System.out.println("told to come back after " + retries(crowd.clients()));
            assertThat(back).isLessThan(AIM.toMillis());
        } finally {
            server.close();
        }
    }

    private static ServerProcess start(Path data, int port) {
        return ServerProcess.start(
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(port))
                        .environment("NETSENTINEL_LIMITS_CONNECTIONS_PER_USER", "100000"),
                data.resolveSibling("log"));
    }

    private static void publish(int port, HttpApi admin) {
        try (Pulse pulse = new Pulse(port, admin.token(), "network")) {
            pulse.beat(EVENTS, RATE);
        }
    }

    private static void requireFiles() throws IOException {
        String limit =
                Files.readAllLines(Path.of("/proc/self/limits")).stream()
                        .filter(line -> line.startsWith("Max open files"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("^Max open files +([a-z0-9]+) .*", "$1");
        if (!limit.equals("unlimited") && Integer.parseInt(limit) < CLIENTS + SPARE_FILES) {
            throw new AssertionError(
                    "only "
                            + limit
                            + " open files are allowed: raise it by ulimit -n "
                            + (CLIENTS + SPARE_FILES));
        }
    }

    /// Milliseconds between the first farewell and the last.
    private static long spread(List<DenseClient> clients) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (DenseClient client : clients) {
            long at = client.farewell().orElseThrow().at();
            first = Math.min(first, at);
            last = Math.max(last, at);
        }
        return TimeUnit.NANOSECONDS.toMillis(last - first);
    }

    private static String retries(List<DenseClient> clients) {
        long from =
                clients.stream()
                        .mapToLong(client -> client.farewell().orElseThrow().retryFrom())
                        .min()
                        .orElseThrow();
        long to =
                clients.stream()
                        .mapToLong(client -> client.farewell().orElseThrow().retryTo())
                        .max()
                        .orElseThrow();
        return from + " to " + to + " ms";
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
