package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Events through other servers: a real Redis or Valkey and a real Kafka, spoken to with their own
/// or Debian's clients.
final class BrokersIT {
    private static final String SURICATA = "io.netsentinel.it.BrokersIT#suricataAndValkey";

    @TempDir private Path folder;

    static boolean suricataAndValkey() {
        return SampleData.available() && Suricata.usable() && ValkeyServer.usable();
    }

    private Path make(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private ServerProcess serve(String name, String configuration) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, configuration);
        return ServerProcess.serve(folder.resolve(name), 0, "--config", file.toString());
    }

    private HttpApi admin(ServerProcess server, String name) {
        return HttpApi.admin(server, folder.resolve(name));
    }

    private static JsonNode source(HttpApi admin, String name) {
        for (JsonNode source : HttpApi.json(admin.get("/api/sources")).path("sources")) {
            if (source.path("name").asText().equals(name)) {
                return source;
            }
        }
        throw new AssertionError("no source " + name);
    }

    private static long accepted(HttpApi admin, String name) {
        return source(admin, name).path("accepted").asLong();
    }

    private static String event(String id) {
        return "{\"id\":\"%s\",\"event\":{\"kind\":\"alert\"},\"ns\":{\"severity\":\"high\"}}"
                .formatted(id);
    }

    private static void post(HttpApi admin, String... ids) {
        String lines = Stream.of(ids).map(id -> event(id) + "\n").reduce("", String::concat);
        HttpApi.json(admin.post("/api/events?format=event", "application/x-ndjson", lines));
    }

    private static List<String> ids(HttpApi admin, String channel) {
        return admin.stored(channel).stream()
                .map(event -> event.path("data").path("id").asText())
                .toList();
    }

    private static Optional<JsonNode> stored(HttpApi admin, String channel, String id) {
        return admin.stored(channel).stream()
                .map(event -> event.path("data"))
                .filter(data -> data.path("id").asText().equals(id))
                .findFirst();
    }

    @Test
    @EnabledIf(value = SURICATA, disabledReason = Suricata.MISSING + "; or " + ValkeyServer.MISSING)
    void whatSuricataPushesToAListIsTakenWithoutLossThroughAKill() throws IOException {
        Path pcap = SampleData.folder().resolve("pcap").resolve("ftp-bruteforce.pcap");
        Suricata suricata = new Suricata(make("suricata"));
        suricata.read(pcap);
        long lines;
        try (Stream<String> all = Files.lines(suricata.eve())) {
            lines = all.count();
        }
        String configuration =
                """
                sources:
                  suricata:
                    kind: valkey
                    url: %s
                    list: suricata
                """;
        try (ValkeyServer valkey = ValkeyServer.start(make("valkey"))) {
            suricata.pushTo(valkey.port(), "suricata", pcap);
            try (ServerProcess server = serve("data", configuration.formatted(valkey.url()))) {
                HttpApi admin = admin(server, "data");
                Await.until("some is there", () -> admin.tail("network") > 0);
                server.kill();
            }
            suricata.pushTo(valkey.port(), "suricata", pcap);
            try (ServerProcess server = serve("data", configuration.formatted(valkey.url()))) {
                HttpApi admin = admin(server, "data");
                Await.until("the list is empty", () -> valkey.ask("DBSIZE").strip().endsWith("0"));
                assertThat(rawLines(admin)).isEqualTo(2 * lines);
                assertThat(source(admin, "suricata").path("state").asText()).isEqualTo("live");
                assertThat(server.stop()).isZero();
                assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
            }
        }
    }

    /// Lines of Suricata, each once, whatever channels its event went to.
    private static long rawLines(HttpApi admin) {
        List<String> ids = new ArrayList<>();
        for (String channel : List.of("alerts", "network", "packets", "system", "dead-letters")) {
            admin.stored(channel).stream()
                    .map(event -> event.path("data"))
                    .filter(data -> data.path("event").path("module").asText().equals("suricata"))
                    .forEach(data -> ids.add(data.path("id").asText()));
        }
        assertThat(new TreeSet<>(ids)).hasSize(ids.size());
        return ids.size();
    }

    @Test
    @EnabledIf(value = ValkeyServer.USABLE, disabledReason = ValkeyServer.MISSING)
    void twoServersAndAServiceShareAStreamWithoutLoops() throws IOException {
        String configuration =
                """
                sinks:
                  soc-out:
                    kind: valkey
                    url: %1$s
                    stream: soc
                    channels: [threats]
                    bus: soc
                sources:
                  soc-in:
                    kind: valkey
                    url: %1$s
                    stream: soc
                    channels: [threats, ml]
                    bus: soc
                """;
        try (ValkeyServer valkey = ValkeyServer.start(make("valkey"));
                ServerProcess first = serve("first", configuration.formatted(valkey.url()));
                ServerProcess second = serve("second", configuration.formatted(valkey.url()))) {
            HttpApi one = admin(first, "first");
            HttpApi two = admin(second, "second");
            post(one, "from-one");
            post(two, "from-two");
            Await.until("both have both", () -> both(one) && both(two));
            valkey.ask("XADD", "soc", "*", "ns-channel", "ml", "event", event("from-service"));
            valkey.ask("XADD", "soc", "*", "ns-channel", "audit", "event", event("forbidden"));
            Await.until(
                    "the service's event is with both",
                    () ->
                            stored(one, "ml", "from-service").isPresent()
                                    && stored(two, "ml", "from-service").isPresent());
            Await.until(
                    "the forbidden one is a dead letter",
                    () -> source(one, "soc-in").path("deadLetters").asLong() == 1);
            // the stream has what two servers and the service put there, and nothing that came back
            assertThat(valkey.ask("XLEN", "soc").strip()).endsWith("4");
            assertThat(source(one, "soc-in").path("returned").asLong()).isEqualTo(1);
            assertThat(source(two, "soc-in").path("returned").asLong()).isEqualTo(1);
            JsonNode there = stored(one, "threats", "from-two").orElseThrow();
            assertThat(there.path("ns").path("bus").asText()).isEqualTo("soc");
            assertThat(there.path("ns").path("origin")).hasSize(1);
            assertThat(ids(one, "threats")).containsExactlyInAnyOrder("from-one", "from-two");
            assertThat(ids(two, "threats")).containsExactlyInAnyOrder("from-one", "from-two");
        }
    }

    private static boolean both(HttpApi server) {
        return ids(server, "threats").containsAll(List.of("from-one", "from-two"));
    }

    @Test
    @EnabledIf(value = KafkaBroker.USABLE, disabledReason = KafkaBroker.MISSING)
    void kafkaGivesAndTakes() throws IOException {
        Path lines = folder.resolve("lines");
        Files.writeString(lines, Eve.requests("kafka", 0, 2_000));
        Path state = folder.resolve("state");
        Files.writeString(state, event("from-kcat") + "\n");
        try (KafkaBroker broker = KafkaBroker.start(make("kafka"))) {
            broker.send("suricata", lines, "-z", "zstd");
            String configuration =
                    """
                    sources:
                      sensors:
                        kind: kafka
                        servers: ["%1$s"]
                        topics: [suricata]
                        group: netsentinel
                      soc-in:
                        kind: kafka
                        servers: ["%1$s"]
                        topics: [soc]
                        channels: [ml, threats]
                        bus: soc
                    sinks:
                      soc-out:
                        kind: kafka
                        servers: ["%1$s"]
                        topic: soc
                        compression: zstd
                        channels: [threats]
                        bus: soc
                      archive:
                        kind: kafka
                        servers: ["%1$s"]
                        topic: flows.{channel}
                        channels: [network]
                        raw: false
                    """
                            .formatted(broker.servers());
            try (ServerProcess server = serve("data", configuration)) {
                HttpApi admin = admin(server, "data");
                Await.until("some is there", () -> accepted(admin, "sensors") > 0);
                server.kill();
            }
            try (ServerProcess server = serve("data", configuration)) {
                HttpApi admin = admin(server, "data");
                Await.until("all is there", () -> admin.tail("network") >= 2_000);
                broker.send("soc", state, "-H", "ns-channel=ml");
                post(admin, "from-here");
                Await.until(
                        "the service's event is there",
                        () -> stored(admin, "ml", "from-kcat").isPresent());
                Await.until(
                        "the service gets what happened here",
                        () -> broker.read("soc", "%k %h").toString().contains("from-here"));
                assertThat(broker.read("soc", "%k %h").getLast())
                        .startsWith("from-here ns-channel=threats,ns-epoch=")
                        .contains("ns-offset=1,ns-origin=");
                Await.until(
                        "its own event is dropped",
                        () -> source(admin, "soc-in").path("returned").asLong() == 1);
                Await.until(
                        "all flows are given on",
                        () -> broker.read("flows.network", "%h").size() >= 2_000);
                assertThat(admin.tail("network")).isEqualTo(2_000);
                assertThat(ids(admin, "threats")).containsExactly("from-here");
                assertThat(server.stop()).isZero();
                assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
            }
        }
    }
}
