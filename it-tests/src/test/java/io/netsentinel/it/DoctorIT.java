package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `netsentinel doctor` finds what is wrong, says how to mend it, and keeps quiet otherwise.
final class DoctorIT {
    @TempDir private Path folder;
    private Path data;
    private Path eve;
    private Path out;
    private Path configuration;

    @BeforeEach
    void prepare() throws IOException {
        data = folder.resolve("data");
        eve = Files.writeString(folder.resolve("eve.json"), Eve.alerts("seen", 0, 2));
        out = folder.resolve("out.ndjson");
        configuration = write("file:\n    kind: file\n    path: " + out);
    }

    private Path write(String sink) throws IOException {
        return Files.writeString(
                folder.resolve("netsentinel.yaml"),
                """
                sources:
                  eve:
                    path: %s
                sinks:
                  %s
                """
                        .formatted(eve, sink));
    }

    private Launch doctor(int port) {
        return Launch.of("doctor", "--config", configuration.toString())
                .with("--data", data.toString(), "--port", Integer.toString(port));
    }

    @Test
    void aServerThatDoesNotRunYetIsFineWhenNothingIsWrong() throws IOException {
        Launch.Result result = doctor(ServerProcess.freePort()).run();
        assertThat(result.exit()).as(result.out()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .doesNotContain("problem ")
                .contains("ok       configuration: " + configuration + " is valid")
                .contains("ok       memory: a heap of ")
                .containsPattern("(ok|warning)  +files: \\d+ may be open")
                .contains("is made at the first start")
                .contains("ok       clock: ")
                .contains("ok       server: it does not run")
                .containsPattern("ok       port: \\d+ on 127.0.0.1 is free")
                .contains("ok       source eve: " + eve + " can be read from")
                .containsPattern("ok       sink file: .* took a test record");
        assertThat(Files.readString(out)).contains("netsentinel.sink_test");
        assertThat(data).doesNotExist();
    }

    @Test
    void aRunningServerIsAskedAndTellsItInTheAuditTrail() throws IOException {
        try (ServerProcess server =
                ServerProcess.serve(data, 0, "--config", configuration.toString())) {
            HttpApi admin = HttpApi.admin(server, data);
            Launch.Result result = doctor(server.port()).run();
            assertThat(result.exit()).as(result.out()).isZero();
            assertThat(result.out())
                    .contains("ok       data: " + data + " belongs to ")
                    .contains("ok       rights: ")
                    .contains("warning  password: that of admin is still the first one")
                    .containsPattern("(ok|warning)  +disk: \\d+ MiB free")
                    .contains("ok       server: it runs, and was asked")
                    .contains("is in use by java, pid " + server.pid() + ", and the server runs")
                    .contains("ok       source eve: " + eve + " can be read from")
                    .containsPattern("ok       sink file: .* took a test record");
            assertThat(admin.get("/api/audit").body()).contains("\"doctor\"");
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsWayOut() throws IOException {
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            assertThat(server.stop()).isZero();
        }
        Files.delete(eve);
        Path secret = data.resolve("database-password");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Path segment = data.resolve("store");
        try (var files = Files.list(segment)) {
            Files.setLastModifiedTime(
                    files.findFirst().orElseThrow(),
                    FileTime.from(Instant.now().plus(Duration.ofHours(3))));
        }
        int closed = ServerProcess.freePort();
        configuration =
                write(
                        "siem:\n    kind: splunk\n    token: hush-12345678\n    url: http://127.0.0.1:"
                                + closed);
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Launch.Result result = doctor(taken.getLocalPort()).run();
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.out())
                    .contains("problem  rights: others can get at " + secret)
                    .contains("-> chmod 600 " + secret)
                    .contains("problem  clock: it says ")
                    .contains(
                            "problem  port: "
                                    + taken.getLocalPort()
                                    + " on 127.0.0.1 is in use by java")
                    .contains("-> stop that, or choose another port")
                    .contains("problem  source eve: " + eve + ": there is no such file yet")
                    .containsPattern(
                            "problem  sink siem: http://127.0.0.1:" + closed + ".*-> see that")
                    .doesNotContain("hush");
        }
    }

    @Test
    void tooFewOpenFilesAndAWrongConfigurationAreProblems() throws IOException {
        Process few =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n 100; exec \"$0\" doctor --port 0 --data \"$1\"",
                                Distribution.launcher().toString(),
                                data.toString())
                        .start();
        String said =
                new String(
                        few.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(few.onExit().join().exitValue()).as(said).isEqualTo(1);
        assertThat(said).contains("problem  files: the limit of open files is too low: 100");
        Files.writeString(configuration, "prot: 8082\n");
        Launch.Result wrong = doctor(0).run();
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out())
                .contains("problem  configuration: " + configuration + ":1: prot: unknown key");
    }
}
