package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Connections come and go while a stream goes on: afterwards the server uses no more memory,
/// threads and files than before, and those who stayed have everything.
///
/// `-Dnetsentinel.stability.hours=N` says how long the long form takes.
final class ConnectionStabilityIT {
    private static final int SHORT_ROUNDS = 12;
    private static final int WARM_UP = 4;
    private static final int HOURS = Integer.getInteger("netsentinel.stability.hours", 2);
    private static final int STAYING = 40;
    private static final int PASSING = 150;
    private static final int BEATS = 60;
    private static final int RATE = 100;
    private static final long HEAP_SLACK = 16L << 20;
    private static final int THREAD_SLACK = 12;
    private static final int FILE_SLACK = 12;

    @TempDir private Path folder;

    @Test
    @EnabledIf(
            value = "io.netsentinel.it.ProcessFigures#available",
            disabledReason = "needs Linux and jcmd")
    void connectionsThatComeAndGoLeaveNothingBehind() throws IOException {
        churn(SHORT_ROUNDS, Duration.ZERO);
    }

    @Test
    @Tag("long")
    @EnabledIf(
            value = "io.netsentinel.it.ProcessFigures#available",
            disabledReason = "needs Linux and jcmd")
    void norAfterHours() throws IOException {
        churn(SHORT_ROUNDS, Duration.ofHours(HOURS));
    }

    private void churn(int rounds, Duration atLeast) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", "0")
                        .environment("NETSENTINEL_LIMITS_HOT_MEMORY", "1MiB")
                        .environment("NETSENTINEL_RETENTION_MAX_AGE", "60s");
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("log"));
                Pulse pulse =
                        new Pulse(server.port(), HttpApi.admin(server, data).token(), "network");
                Crowd staying = new Crowd(server.port())) {
            HttpApi admin = HttpApi.admin(server, data);
            String token = LoadIT.token(data, "stability", "viewer");
            staying.admit(STAYING, "network", token);
            Random random = new Random(1);
            long end = System.nanoTime() + atLeast.toNanos();
            ProcessFigures before = new ProcessFigures(0, 0, 0);
            int round = 0;
            while (round < rounds || System.nanoTime() - end < 0) {
                if (round == WARM_UP) {
                    before = rested(server, admin);
                }
                round(server, token, pulse, random);
                round++;
            }
            ProcessFigures after = rested(server, admin);
            long tail = (long) round * BEATS;
            staying.await("those who stayed have all", client -> client.position() == tail);
            System.out.printf(
                    "%d connections came and went, %d events; before %s, after %s%n",
                    round * PASSING, tail, before, after);
            staying.requireNoProblem();
            assertThat(staying.clients()).allMatch(client -> client.connections() == 1);
            assertThat(after.heap()).isLessThan(before.heap() + HEAP_SLACK);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + THREAD_SLACK);
            assertThat(after.files()).isLessThanOrEqualTo(before.files() + FILE_SLACK);
        }
    }

    /// A crowd that comes, listens for a while and is cut off.
    private static void round(ServerProcess server, String token, Pulse pulse, Random random) {
        try (Crowd passing = new Crowd(server.port())) {
            passing.admit(PASSING, random.nextBoolean() ? "network" : "alerts", token);
            pulse.beat(BEATS, RATE);
        }
    }

    /// When those who went are known to be gone.
    private static ProcessFigures rested(ServerProcess server, HttpApi admin) {
        Await.until(
                "those who went are known to be gone",
                () ->
                        HttpApi.json(admin.get("/ws/connections?limit=1000"))
                                        .path("connections")
                                        .size()
                                == STAYING + 1);
        return ProcessFigures.of(server);
    }
}
