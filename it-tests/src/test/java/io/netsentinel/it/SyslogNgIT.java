package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A real syslog-ng sends over UDP, over TCP in both framings and over TLS, and takes what a sink
/// sends; its load generator sends as fast as a busy site.
@EnabledIf(value = SyslogNg.USABLE, disabledReason = SyslogNg.MISSING)
final class SyslogNgIT {
    private static final int LINES = 500;
    private static final int RATE = 10_000;
    private static final int SECONDS = 3;
    private static final Pattern COUNT = Pattern.compile("count=(\\d+)");

    @TempDir private Path folder;

    private static String line(int n) {
        return "line " + n + " of the log | \u00fcml\u00e4ut \\ \"quoted\"";
    }

    private static Set<String> messages(HttpApi admin, String source) {
        Set<String> messages = new TreeSet<>();
        for (JsonNode event : admin.stored("logs")) {
            JsonNode data = event.path("data");
            if (data.at("/observer/name").asText().equals(source)) {
                messages.add(data.path("message").asText());
            }
        }
        return messages;
    }

    private ServerProcess serve(Path data, String configuration) throws IOException {
        Path config = Files.writeString(folder.resolve("netsentinel.yaml"), configuration);
        return ServerProcess.start(
                Launch.of("serve", "--port", "0", "--data", data.toString(), "--config")
                        .with(config.toString()),
                folder.resolve("server.log"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place() throws IOException {
        return Files.createDirectory(folder.resolve("syslog-ng"));
    }

    @Test
    void everyLineComesOverUdpOverTcpInBothFramingsAndOverTls() throws IOException {
        List<Integer> ports =
                IntStream.range(0, 4).mapToObj(_ -> ServerProcess.freePort()).toList();
        Certificates.issue(folder, "127.0.0.1");
        Certificates.issue(folder, "sender");
        Path data = folder.resolve("data");
        Path place = place();
        Path log =
                Files.writeString(
                        folder.resolve("app.log"),
                        IntStream.rangeClosed(1, LINES)
                                .mapToObj(n -> line(n) + "\n")
                                .collect(Collectors.joining()));
        try (ServerProcess server =
                        serve(
                                data,
                                """
                                sources:
                                  udp: {listen: "udp://127.0.0.1:%1$d"}
                                  lines: {listen: "tcp://127.0.0.1:%2$d"}
                                  counted: {listen: "tcp://127.0.0.1:%3$d"}
                                  tls:
                                    listen: tls://127.0.0.1:%4$d
                                    certificate: %5$s/127.0.0.1.crt
                                    key: %5$s/127.0.0.1.key
                                    client-authority: %5$s/ca.crt
                                """
                                        .formatted(
                                                ports.get(0),
                                                ports.get(1),
                                                ports.get(2),
                                                ports.get(3),
                                                folder));
                SyslogNg sender =
                        SyslogNg.start(
                                place,
                                """
                                source s { file("%6$s" follow-freq(1) flags(no-parse) program-override("app") default-facility(local3) default-priority(warning)); };
                                log { source(s); destination { network("127.0.0.1" port(%1$d) transport("udp")); }; };
                                log { source(s); destination { network("127.0.0.1" port(%2$d) transport("tcp")); }; };
                                log { source(s); destination { syslog("127.0.0.1" port(%3$d) transport("tcp")); }; };
                                log { source(s); destination { syslog("127.0.0.1" port(%4$d) transport("tls")
                                    tls(ca-file("%5$s/ca.crt") cert-file("%5$s/sender.crt") key-file("%5$s/sender.key") peer-verify(required-trusted))); }; };
                                """
                                        .formatted(
                                                ports.get(0),
                                                ports.get(1),
                                                ports.get(2),
                                                ports.get(3),
                                                folder,
                                                log))) {
            HttpApi admin = HttpApi.admin(server, data);
            Set<String> sent =
                    IntStream.rangeClosed(1, LINES)
                            .mapToObj(SyslogNgIT::line)
                            .collect(Collectors.toCollection(TreeSet::new));
            for (String source : List.of("udp", "lines", "counted", "tls")) {
                Await.until(
                        "all lines of " + source + " (" + sender.said() + ")",
                        () -> messages(admin, source).size() >= LINES);
                assertThat(messages(admin, source)).isEqualTo(sent);
            }
            JsonNode one = admin.stored("logs").getFirst().path("data");
            assertThat(one.at("/process/name").asText()).isEqualTo("app");
            assertThat(one.at("/log/syslog/facility/name").asText()).isEqualTo("local3");
            assertThat(admin.tail("dead-letters")).isZero();
        }
    }

    @Test
    void itTakesWhatASinkSendsInItsOrder() throws IOException {
        int port = ServerProcess.freePort();
        Path data = folder.resolve("data");
        Path place = place();
        Path received = Files.createFile(folder.resolve("received"));
        try (SyslogNg receiver =
                        SyslogNg.start(
                                place,
                                """
                                source s { syslog(ip("127.0.0.1") port(%d) transport("tcp")); };
                                destination d { file("%s" template("${.SDATA.netsentinel@32473.offset} ${PROGRAM} ${MESSAGE}\\n")); };
                                log { source(s); destination(d); };
                                """
                                        .formatted(port, received));
                ServerProcess server =
                        serve(
                                data,
                                """
                                sinks:
                                  siem: {kind: syslog, url: "tcp://127.0.0.1:%d", channels: [logs]}
                                """
                                        .formatted(port))) {
            HttpApi admin = HttpApi.admin(server, data);
            String events =
                    IntStream.rangeClosed(1, LINES)
                            .mapToObj(n ->
                                    "{\"event\":{\"module\":\"syslog\"},\"message\":\"a\\nb\\u202e "
                                            + (n + "\"}\n"))
                            .collect(Collectors.joining());
            admin.post("/api/events?format=event", "application/x-ndjson", events);
            Await.until(
                    "all came (" + receiver.said() + ")", () -> lines(received).size() >= LINES);
            List<String> lines = lines(received);
            for (int n = 1; n <= LINES; n++) {
                assertThat(lines.get(n - 1))
                        .startsWith(n + " netsentinel ")
                        .contains(" " + n + "\"");
            }
        }
    }

    @Test
    void everyMessageOfItsLoadGeneratorIsStored() throws IOException {
        int port = ServerProcess.freePort();
        Path data = folder.resolve("data");
        try (ServerProcess server =
                serve(data, "sources: {busy: {listen: \"tcp://127.0.0.1:%d\"}}".formatted(port))) {
            HttpApi admin = HttpApi.admin(server, data);
            String said = SyslogNg.loggen(RATE, SECONDS, port, "--stream");
            // it counts every half second; the last number is of all
            long sent =
                    COUNT.matcher(said)
                            .results()
                            .mapToLong(count -> Long.parseLong(count.group(1)))
                            .max()
                            .orElseThrow();
            assertThat(sent).isGreaterThan(RATE);
            Await.until("all are stored: " + said, () -> admin.tail("logs") >= sent);
            assertThat(admin.tail("logs")).isEqualTo(sent);
            assertThat(admin.tail("dead-letters")).isZero();
            System.out.println("loggen: " + said.strip());
        }
    }
}
