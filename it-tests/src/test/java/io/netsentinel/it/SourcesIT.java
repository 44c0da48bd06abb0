package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Sources other than EVE files, with a server from the distribution and the programs people send
/// with.
final class SourcesIT {
    private static final String LOGGER = "io.netsentinel.it.SourcesIT#loggerThere";
    private static final String LOGGEN = "io.netsentinel.it.SourcesIT#loggenThere";

    private static final String SURICATA = "io.netsentinel.it.SourcesIT#suricataThere";

    @TempDir private static Path folder;
    private static Path data;
    private static ServerProcess server;
    private static HttpApi admin;
    private static int port;

    static boolean loggerThere() {
        return onPath("logger");
    }

    static boolean loggenThere() {
        return onPath("loggen");
    }

    static boolean suricataThere() {
        return SampleData.available() && Suricata.usable();
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
    }

    @BeforeAll
    static void start() throws IOException {
        data = folder.resolve("data");
        port = ServerProcess.freePort();
        Path configuration = folder.resolve("netsentinel.yaml");
        String samples =
                SampleData.available() ? SampleData.folder().toString() : folder.toString();
        Files.writeString(
                configuration,
                """
                sources:
                  zeek:
                    path: %2$s/zeek/*.zeek.json
                    format: zeek
                  cowrie:
                    path: %2$s/cowrie/*.cowrie.json
                    format: cowrie
                  syslog-files:
                    path: %2$s/syslog/*
                    format: syslog
                  tcp:
                    listen: tcp://127.0.0.1:%1$d
                  udp:
                    listen: udp://127.0.0.1:%1$d
                  stream:
                    listen: unix://%3$s/stream.sock
                  datagrams:
                    listen: unixgram://%3$s/datagrams.sock
                """
                        .formatted(port, samples, folder));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
        server = ServerProcess.serve(data, 0, "--config", configuration.toString());
        admin = HttpApi.admin(server, data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode source(String name) {
        for (JsonNode source : HttpApi.json(admin.get("/api/sources")).path("sources")) {
            if (source.path("name").asText().equals(name)) {
                return source;
            }
        }
        throw new AssertionError("no source " + name);
    }

    private static void awaitAccepted(String name, long count) {
        Await.until(name + " has " + count, () -> source(name).path("accepted").asLong() == count);
    }

    @Test
    @EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
    void everyLineOfTheSampleFilesIsTaken() {
        awaitAccepted("zeek", 2_140);
        awaitAccepted("cowrie", 301);
        // two of the 405 lines are empty; the octet-counted stream is one line without an end
        awaitAccepted("syslog-files", 403);
        for (String name : List.of("zeek", "cowrie", "syslog-files")) {
            assertThat(source(name).path("deadLetters").asLong()).as(name).isZero();
        }
        assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    @EnabledIf(value = LOGGER, disabledReason = "there is no logger (util-linux)")
    void loggerSendsOverUdpAndTcpInBothFramings() throws IOException, InterruptedException {
        long tcp = source("tcp").path("accepted").asLong();
        long udp = source("udp").path("accepted").asLong();
        String number = Integer.toString(port);
        run("logger", "-n", "127.0.0.1", "-P", number, "-d", "one");
        run("logger", "-n", "127.0.0.1", "-P", number, "-d", "--rfc3164", "two");
        run("logger", "-n", "127.0.0.1", "-P", number, "-T", "three");
        run("logger", "-n", "127.0.0.1", "-P", number, "-T", "--octet-count", "four");
        awaitAccepted("udp", udp + 2);
        awaitAccepted("tcp", tcp + 2);
        String sensors = admin.get("/api/sensors").body();
        assertThat(sensors).contains("\"name\":\"udp\"").contains("\"name\":\"tcp\"");
    }

    @Test
    @EnabledIf(value = SURICATA, disabledReason = Suricata.MISSING + ", or " + SampleData.MISSING)
    void suricataWritesToBothKindsOfSocket() throws IOException {
        Path pcap = SampleData.folder().resolve("pcap").resolve("ftp-bruteforce.pcap");
        Suricata suricata = new Suricata(Files.createDirectory(folder.resolve("suricata")));
        suricata.read(pcap);
        long lines = Files.readAllLines(suricata.eve()).size();
        suricata.read(pcap, "unix_stream", folder.resolve("stream.sock"));
        suricata.read(pcap, "unix_dgram", folder.resolve("datagrams.sock"));
        assertThat(lines).isGreaterThan(10);
        awaitAccepted("stream", lines);
        awaitAccepted("datagrams", lines);
    }

    @Test
    @Tag("long")
    @EnabledIf(value = LOGGEN, disabledReason = "there is no loggen (syslog-ng-core)")
    void tenThousandMessagesASecondAreTakenOverTcp() throws IOException, InterruptedException {
        long before = source("tcp").path("accepted").asLong();
        Path count = folder.resolve("loggen.out");
        Process loggen =
                new ProcessBuilder(
                                "loggen",
                                "-i",
                                "-S",
                                "--rate",
                                "10000",
                                "--interval",
                                "60",
                                "--size",
                                "200",
                                "127.0.0.1",
                                Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(count.toFile())
                        .start();
        assertThat(loggen.waitFor()).isZero();
        String last = Files.readAllLines(count).getLast();
        long sent = Long.parseLong(last.replaceFirst(".*count=(\\d+).*", "$1"));
        assertThat(sent).isGreaterThan(590_000);
        awaitAccepted("tcp", before + sent);
    }

    @Test
    void aServerThatIsStoppedCommitsWhatItHasReceived() throws IOException {
        Path other = folder.resolve("other");
        int free = ServerProcess.freePort();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            lines.append("<13>stopping ").append(i).append('\n');
        }
        ServerProcess first =
                ServerProcess.start(
                        Launch.of("serve", "--data", other.toString(), "--port", "0")
                                .environment(
                                        "NETSENTINEL_SOURCES_S_LISTEN", "tcp://127.0.0.1:" + free),
                        folder.resolve("other.log"));
        HttpApi there = HttpApi.admin(first, other);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), free)) {
            OutputStream out = socket.getOutputStream();
            out.write(lines.toString().getBytes(UTF_8));
            out.flush();
            Await.until(
                    "all is received",
                    () ->
                            HttpApi.json(there.get("/api/sources"))
                                            .path("sources")
                                            .path(0)
                                            .path("bytesRead")
                                            .asLong()
                                    == lines.length());
            assertThat(first.stop()).isZero();
        }
        try (ServerProcess second = ServerProcess.serve(other, 0)) {
            assertThat(there.at(second).tails().get("logs")).isEqualTo(5_000);
        }
    }

    @Test
    void recordingsAreReplayedAsIfTheyHappenedNow() throws IOException {
        Path zeek = folder.resolve("conn.log");
        Files.writeString(
                zeek,
                """
                #separator \\x09
                #path\tconn
                #fields\tts\tuid\tid.orig_h
                #types\ttime\tstring\taddr
                1500000000.5\tCReplayed1\t192.0.2.1
                1500000060.5\tCReplayed2\t192.0.2.1
                #close\tx
                """);
        Path syslog = folder.resolve("replay.log");
        Files.writeString(
                syslog,
                """
                <13>Oct 11 22:14:15 h replayed: one
                <13>Oct 11 22:14:16 h replayed: two
                """);
        Instant begin = Instant.now().minus(Duration.ofSeconds(2));
        Launch.Result result =
                Launch.of("replay", zeek.toString(), "--speed", "1000")
                        .with("--url", server.address().toString(), "--token", admin.token())
                        .run();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualToIgnoringNewLines("2 events sent");
        Launch.Result more =
                Launch.of("replay", syslog.toString())
                        .with("--url", server.address().toString())
                        .environment("NETSENTINEL_TOKEN", admin.token())
                        .run();
        assertThat(more.out()).isEqualToIgnoringNewLines("2 events sent");
        List<JsonNode> flows =
                admin.stored("network").stream()
                        .map(event -> event.path("data"))
                        .filter(event ->
                                event.path("flow").path("id").asText().startsWith("CReplayed"))
                        .toList();
        assertThat(flows).hasSize(2);
        assertThat(Instant.parse(flows.getLast().path("@timestamp").asText())).isAfter(begin);
    }

    @Test
    void aReplayThatCannotBeSaysWhy() {
        assertThat(Launch.of("replay").run().exit()).isEqualTo(2);
        assertThat(Launch.of("replay", "/nowhere").run().err()).contains("cannot read /nowhere");
        Path file = data.resolve("initial-admin-password");
        Launch.Result wrong =
                Launch.of("replay", file.toString(), "--token", "x")
                        .with("--url", server.address().toString())
                        .run();
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("does not know the token");
    }
}
