package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether the disk has what was acknowledged, seen by `strace` from outside.
final class DurabilityIT {
    private static final int POSTS = 5;

    @TempDir private Path folder;

    /// The server's calls that make the disk write segments out, while it takes some events.
    private long syncsWhileTaking(String durability) throws IOException, InterruptedException {
        Path data = folder.resolve(durability);
        Launch launch =
                Launch.of("serve", "--port", "0", "--data", data.toString())
                        .environment("NETSENTINEL_DURABILITY", durability);
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("server.log"))) {
            HttpApi admin = HttpApi.admin(server, data);
            Path calls = folder.resolve("calls");
            Process strace = trace(server.pid(), calls);
            for (int i = 0; i < POSTS; i++) {
                assertThat(admin.postEve(Eve.alert("one")).statusCode()).isEqualTo(200);
            }
            strace.destroy();
            assertThat(strace.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return lines(calls, "segment");
        }
    }

    private Process trace(long pid, Path calls) throws IOException, InterruptedException {
        Path said = folder.resolve("strace.log");
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-f",
                                "-y",
                                "-e",
                                "trace=fsync,fdatasync",
                                "-o",
                                calls.toString(),
                                "-p",
                                Long.toString(pid))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        Await.until("strace is there", () -> !strace.isAlive() || attached(said));
        assumeTrue(strace.isAlive(), () -> "strace may not look at processes: " + text(said));
        return strace;
    }

    private static boolean attached(Path said) {
        return text(said).contains("attached");
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file, String part) {
        return text(file).lines().filter(line -> line.contains(part)).count();
    }

    @Test
    void withPowerEachAnswerComesAfterTheDiskHasTheEvents()
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
        assertThat(syncsWhileTaking("power")).isGreaterThanOrEqualTo(POSTS);
        assertThat(syncsWhileTaking("process")).isZero();
    }
}
