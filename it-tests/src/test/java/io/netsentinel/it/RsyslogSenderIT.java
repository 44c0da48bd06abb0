package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A real rsyslog follows a file and sends its lines: over UDP, over TCP in both framings, and over
/// TLS with a certificate of its own, as `docs/sources/syslog.md` says.
@EnabledIf(value = RsyslogReceiver.USABLE, disabledReason = RsyslogReceiver.MISSING)
final class RsyslogSenderIT {
    private static final Path DRIVER = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_ossl.so");
    private static final int LINES = 500;

    @TempDir private Path folder;

    private static String lines() {
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(n -> "line " + n + " of the log | \u00fcml\u00e4ut \\ \"quoted\"\n")
                .collect(Collectors.joining());
    }

    private static Set<Integer> numbers(HttpApi admin, String source) {
        Set<Integer> numbers = new TreeSet<>();
        for (JsonNode event : admin.stored("logs")) {
            JsonNode data = event.path("data");
            String message = data.path("message").asText();
            if (data.path("observer").path("name").asText().equals(source)
                    && message.endsWith(" of the log | \u00fcml\u00e4ut \\ \"quoted\"")) {
                numbers.add(Integer.valueOf(message.split(" ", 3)[1]));
            }
        }
        return numbers;
    }

    private Process rsyslog(String actions) throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("rsyslog.conf"),
                        """
                        global(workDirectory="%1$s" %2$s)
                        module(load="imfile" PollingInterval="1")
                        input(type="imfile" File="%1$s/app.log" Tag="app:" Severity="warning" Facility="local3")
                        """
                                        .formatted(folder, tls())
                                + actions);
        return new ProcessBuilder(
                        "/usr/sbin/rsyslogd",
                        "-n",
                        "-f",
                        config.toString(),
                        "-i",
                        folder.resolve("pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.log").toFile())
                .start();
    }

    private String tls() {
        return Files.exists(DRIVER)
                ? "defaultNetstreamDriverCAFile=\"%1$s/ca.crt\" defaultNetstreamDriverCertFile=\"%1$s/sender.crt\" defaultNetstreamDriverKeyFile=\"%1$s/sender.key\""
                        .formatted(folder)
                : "";
    }

    private ServerProcess serve(Path data, String sources) throws IOException {
        Path config = Files.writeString(folder.resolve("netsentinel.yaml"), sources);
        return ServerProcess.start(
                Launch.of("serve", "--port", "0", "--data", data.toString(), "--config")
                        .with(config.toString()),
                folder.resolve("server.log"));
    }

    private static String action(int port, String more) {
        return "*.* action(type=\"omfwd\" target=\"127.0.0.1\" port=\"%d\" template=\"RSYSLOG_SyslogProtocol23Format\" %s)%n"
                .formatted(port, more);
    }

    @Test
    void everyLineComesOverUdpAndOverTcpInBothFramings() throws IOException, InterruptedException {
        List<Integer> ports =
                List.of(
                        ServerProcess.freePort(),
                        ServerProcess.freePort(),
                        ServerProcess.freePort());
        Path data = folder.resolve("data");
        try (ServerProcess server =
                serve(
                        data,
                        """
                        sources:
                          udp: {listen: "udp://127.0.0.1:%d"}
                          lines: {listen: "tcp://127.0.0.1:%d"}
                          counted: {listen: "tcp://127.0.0.1:%d"}
                        """
                                .formatted(ports.toArray()))) {
            HttpApi admin = HttpApi.admin(server, data);
            Files.writeString(folder.resolve("app.log"), lines());
            Process rsyslog =
                    rsyslog(
                            action(ports.get(0), "protocol=\"udp\"")
                                    + action(
                                            ports.get(1),
                                            "protocol=\"tcp\" TCP_Framing=\"traditional\"")
                                    + action(
                                            ports.get(2),
                                            "protocol=\"tcp\" TCP_Framing=\"octet-counted\""));
            try {
                for (String source : List.of("udp", "lines", "counted")) {
                    Await.until(
                            "all lines of " + source, () -> numbers(admin, source).size() == LINES);
                }
                JsonNode one =
                        admin.stored("logs").stream()
                                .map(event -> event.path("data"))
                                .filter(event -> event.path("message").asText().startsWith("line "))
                                .findFirst()
                                .orElseThrow();
                assertThat(one.path("process").path("name").asText()).isEqualTo("app");
                assertThat(one.at("/log/syslog/facility/name").asText()).isEqualTo("local3");
                assertThat(admin.tail("dead-letters")).isZero();
            } finally {
                rsyslog.destroyForcibly();
            }
        }
    }

    @Test
    void everyLineComesOverTlsFromASenderWithACertificateAndFromNoOther()
            throws IOException, InterruptedException {
        assumeTrue(Files.exists(DRIVER), "rsyslog-openssl is not installed (" + DRIVER + ")");
        Certificates.issue(folder, "server");
        Certificates.issue(folder, "sender");
        int port = ServerProcess.freePort();
        Path data = folder.resolve("data");
        try (ServerProcess server =
                serve(
                        data,
                        """
                        sources:
                          branch:
                            listen: tls://127.0.0.1:%2$d
                            certificate: %1$s/server.crt
                            key: %1$s/server.key
                            client-authority: %1$s/ca.crt
                        """
                                .formatted(folder, port))) {
            HttpApi admin = HttpApi.admin(server, data);
            Files.writeString(folder.resolve("app.log"), lines());
            Process rsyslog =
                    rsyslog(
                            action(
                                    port,
                                    "protocol=\"tcp\" StreamDriver=\"ossl\" StreamDriverMode=\"1\" StreamDriverAuthMode=\"x509/certvalid\""));
            try {
                Await.until("all lines", () -> numbers(admin, "branch").size() == LINES);
            } finally {
                rsyslog.destroyForcibly();
            }
            Process stranger =
                    new ProcessBuilder(
                                    "openssl",
                                    "s_client",
                                    "-connect",
                                    "127.0.0.1:" + port,
                                    "-CAfile",
                                    folder.resolve("ca.crt").toString(),
                                    "-quiet")
                            .redirectErrorStream(true)
                            .start();
            String said;
            try (var in = stranger.outputWriter()) {
                in.write("<13>line 9999 of the log | nobody\n");
                in.flush();
                said = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(said).containsIgnoringCase("certificate required");
            assertThat(numbers(admin, "branch")).hasSize(LINES);
        }
    }
}
