package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command line promises: commands, messages and exit codes.
final class CommandLineIT {
    @TempDir private Path folder;

    @Test
    void versionNamesVersionBuildAndTheJavaOfTheZip() {
        Launch.Result result = Launch.of("version").run();
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains("NetSentinel 0.")
                .containsPattern("build [0-9a-f]{12}")
                .contains("Java 25");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theLauncherWorksThroughLinksFromAnyFolder() throws IOException {
        Path first = Files.createSymbolicLink(folder.resolve("one"), Distribution.launcher());
        Path second = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        Process process =
                new ProcessBuilder(second.toString(), "version").directory(folder.toFile()).start();
        assertThat(process.onExit().join().exitValue()).isZero();
        assertThat(process.inputReader().readLine()).startsWith("NetSentinel ");
        assertThat(first).isSymbolicLink();
    }

    @Test
    void withoutOrWithWrongWordsItEndsWithTwo() {
        assertThat(Launch.of().run().exit()).isEqualTo(2);
        Launch.Result result = Launch.of("serv").run();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("unknown command serv, did you mean serve?");
    }

    @Test
    void aWrongConfigurationStopsTheStartWithFileLineAndKey() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("n.yaml"), "host: 127.0.0.1\nretention:\n  max-agee: 7d\n");
        Launch.Result check = Launch.of("check", "--config", file.toString()).run();
        Launch.Result serve =
                Launch.of("serve", "--config", file.toString(), "--data", data()).run();
        String expected =
                file + ":3: retention.max-agee: unknown key, did you mean retention.max-age?";
        assertThat(check.exit()).isEqualTo(2);
        assertThat(check.err()).contains(expected);
        assertThat(serve.exit()).isEqualTo(2);
        assertThat(serve.err()).contains(expected);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void anUnknownVariableStopsTheStart() {
        Launch.Result result =
                Launch.of("serve", "--data", data()).environment("NETSENTINEL_PROT", "1").run();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("NETSENTINEL_PROT: is not a setting, did you mean NETSENTINEL_PORT?");
    }

    @Test
    void listeningBeyondLoopbackWithoutTlsIsRefused() {
        Launch.Result result = Launch.of("serve", "--data", data(), "--host", "0.0.0.0").run();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("allow-plaintext");
    }

    @Test
    void initWritesAFileThatIsFine() {
        String file = folder.resolve("conf/netsentinel.yaml").toString();
        assertThat(Launch.of("init", "--config", file).run().exit()).isZero();
        assertThat(Launch.of("check", "--config", file).run().exit()).isZero();
        assertThat(Launch.of("init", "--config", file).run().exit()).isEqualTo(2);
    }

    @Test
    void theEffectiveConfigurationSaysWhereAValueComesFrom() {
        Launch.Result result = Launch.of("config").environment("NETSENTINEL_PORT", "9").run();
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("port: 9  # environment").contains("host: 127.0.0.1\n");
    }

    @Test
    void aSecondInstanceOnADataDirectoryNamesTheFirstAndEndsWithThree() {
        try (ServerProcess server = ServerProcess.serve(Path.of(data()), 0)) {
            Launch.Result second = Launch.of("serve", "--data", data(), "--port", "0").run();
            assertThat(second.exit()).isEqualTo(3);
            assertThat(second.err()).contains(Long.toString(server.pid()));
            server.kill();
            try (ServerProcess third = ServerProcess.serve(Path.of(data()), 0)) {
                assertThat(third.stop()).isZero();
            }
        }
    }

    @Test
    void aTakenPortEndsWithFourAndNamesItself() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Launch.Result result = Launch.of("serve", "--data", data(), "--port", port).run();
            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).contains(port).doesNotContain("\tat ");
        }
    }

    @Test
    void aReadyServerPrintsExactlyOneLineAndTheFirstPasswordOnce() throws IOException {
        Path data = Path.of(data());
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            assertThat(server.out())
                    .containsExactly("NetSentinel ready on http://127.0.0.1:" + server.port());
            String password = Files.readString(data.resolve("initial-admin-password")).strip();
            assertThat(server.log()).containsOnlyOnce(password);
            assertThat(server.stop()).isZero();
            try (ServerProcess again = ServerProcess.serve(data, 0)) {
                assertThat(again.log()).containsOnlyOnce(password);
            }
        }
    }

    @Test
    void theAuditTrailNamesWhatTheCommandLineDidAndIsWhole() {
        Launch.of("user", "add", "ann", "--data", data()).run();
        try (ServerProcess server = ServerProcess.serve(Path.of(data()), 0)) {
            Launch.of("user", "disable", "ann", "--data", data()).run();
            Launch.Result running = Launch.of("audit", "verify", "--data", data()).run();
            assertThat(running.exit()).isZero();
            assertThat(running.out()).contains("the chain is whole");
            HttpApi admin = HttpApi.admin(server, Path.of(data()));
            assertThat(admin.get("/api/events?channel=alerts&format=csv").statusCode())
                    .isEqualTo(200);
            Await.until(
                    "the export is noted",
                    () -> admin.get("/api/audit").body().contains("export of alerts as csv"));
            assertThat(admin.get("/api/audit").body())
                    .contains("user.add", "server.start", "user.disable", "\"ann\"");
            assertThat(server.stop()).isZero();
        }
        Launch.Result stopped = Launch.of("audit", "verify", "--data", data()).run();
        assertThat(stopped.exit()).isZero();
        assertThat(stopped.out()).matches("(?s)\\d+ entries, 1 to \\d+, .*the chain is whole\n");
        assertThat(Launch.of("audit", "--data", data()).run().exit()).isEqualTo(2);
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command :
                java.util.List.of(
                        "serve", "init", "check", "doctor", "config", "backup", "restore", "purge",
                        "version")) {
            Launch.Result result = Launch.of(command, "--help").run();
            assertThat(result.exit()).isZero();
            assertThat(result.out()).startsWith("usage: netsentinel " + command);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
