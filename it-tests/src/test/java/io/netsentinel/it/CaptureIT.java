package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Real capture files go in completely, as a source and by `replay`, and what is known of the
/// addresses in them is added.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class CaptureIT {
    private static final Path CAPTURES = SampleData.folder().resolve("pcap");

    @TempDir private static Path folder;
    private static Path assets;
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        Path data = folder.resolve("data");
        assets = folder.resolve("assets.csv");
        Files.writeString(assets, "address,name,owner\n192.168.56.0/24,lab,Jane\nnonsense,x,y\n");
        Path configuration = folder.resolve("netsentinel.yaml");
        Files.writeString(
                configuration,
                """
                sources:
                  tap:
                    kind: pcap
                    path: %s/*.pcap
                  changing:
                    kind: pcap
                    path: %s/spool/*.pcap*
                    packets: false
                    end-after: 1s
                enrichment:
                  assets: %s
                """
                        .formatted(CAPTURES, folder, assets));
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

    /// Counts records by their lengths and nothing else.
    private static Map<String, Long> counts() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (Stream<Path> files = Files.list(CAPTURES)) {
            for (Path file : files.toList()) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                long count = 0;
                for (int at = 24; at < bytes.limit(); at += 16 + bytes.getInt(at + 8)) {
                    count++;
                }
                counts.put(String.valueOf(file.getFileName()), count);
            }
        }
        return counts;
    }

    private static List<JsonNode> of(String channel, String dataset, String sensor) {
        return admin.stored(channel).stream()
                .map(event -> event.path("data"))
                .filter(event -> event.path("event").path("dataset").asText().equals(dataset))
                .filter(event -> event.path("observer").path("name").asText().equals(sensor))
                .toList();
    }

    private static String file(JsonNode event) {
        return event.path("log").path("file").path("path").asText();
    }

    @Test
    void everyPacketOfElevenFilesIsThereAndEveryFlowHasItsPackets() throws IOException {
        Map<String, Long> counts = counts();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        assertThat(counts).hasSize(11);
        Await.until("all packets", () -> of("packets", "pcap.packet", "tap").size() == all);
        List<JsonNode> packets = of("packets", "pcap.packet", "tap");
        Map<String, Long> taken =
                packets.stream()
                        .collect(Collectors.groupingBy(CaptureIT::file, Collectors.counting()));
        assertThat(taken).isEqualTo(counts);
        long addressed = packets.stream().filter(p -> p.path("source").has("ip")).count();
        Await.until("all flows", () -> inFlows() == addressed);
        assertThat(source("tap").path("deadLetters").asLong()).isZero();
        assertThat(source("tap").path("lagBytes").asLong()).isZero();
        Await.until(
                "the scan is found",
                () ->
                        admin.stored("threats").stream()
                                .anyMatch(event -> event.toString().contains("Port or host scan")));
        assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
    }

    private static long inFlows() {
        return of("network", "pcap.flow", "tap").stream()
                .mapToLong(flow -> flow.path("network").path("packets").asLong())
                .sum();
    }

    @Test
    void aCaptureIsReplayedAsIfItHappenedNow() {
        Instant begin = Instant.now().minusSeconds(2);
        Launch.Result result =
                Launch.of("replay", CAPTURES.resolve("xss.pcap").toString(), "--speed", "1000")
                        .with("--url", server.address().toString(), "--token", admin.token())
                        .run();
        assertThat(result.err()).isEmpty();
        List<JsonNode> packets = of("packets", "pcap.packet", "replay");
        List<JsonNode> flows = of("network", "pcap.flow", "replay");
        assertThat(packets).hasSize(11);
        assertThat(flows).isNotEmpty();
        assertThat(result.out())
                .isEqualToIgnoringNewLines(packets.size() + flows.size() + " events sent");
        assertThat(packets)
                .allMatch(
                        packet -> Instant.parse(packet.path("@timestamp").asText()).isAfter(begin));
    }

    @Test
    void publicAddressesHaveCountriesAndOursHaveNames() {
        Await.until("there are flows", () -> inFlows() > 0);
        JsonNode known = HttpApi.json(admin.get("/api/enrichment"));
        assertThat(known.path("countries").path("file").asText()).endsWith("country.mmdb");
        Await.until(
                "a country",
                () ->
                        of("network", "pcap.flow", "tap").stream()
                                .anyMatch(flow ->
                                        country(flow, "destination").matches("[A-Z]{2}")
                                                && scope(flow, "source").equals("private")
                                                && flow.path("network")
                                                        .path("direction")
                                                        .asText()
                                                        .equals("outbound")));
        JsonNode found =
                HttpApi.json(
                        admin.get(
                                "/api/events?channel=network&filter="
                                        + encoded(
                                                "destination.geo.country_iso_code exists and"
                                                        + " network.direction = outbound")));
        assertThat(found.path("events")).isNotEmpty();
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String country(JsonNode event, String side) {
        return event.path(side).path("geo").path("country_iso_code").asText();
    }

    private static String scope(JsonNode event, String side) {
        return event.path("ns").path(side).path("scope").asText();
    }

    @Test
    void aNewListOfAssetsCountsWithoutARestart() throws IOException {
        JsonNode known = HttpApi.json(admin.get("/api/enrichment")).path("assets");
        assertThat(known.path("count").asInt()).isEqualTo(1);
        assertThat(known.path("problems").toString()).contains("\"line\":3").contains("nonsense");
        assertThat(server.log()).contains("assets.csv:3: ");
        Path spool = Files.createDirectories(folder.resolve("spool"));
        Path capture = CAPTURES.resolve("xss.pcap");
        Files.copy(capture, spool.resolve("one.pcap"));
        Await.until("one", () -> !of("network", "pcap.flow", "changing").isEmpty());
        JsonNode before = of("network", "pcap.flow", "changing").getFirst();
        String address = before.path("source").path("ip").asText();
        assertThat(before.path("ns").path("source").path("asset").asText()).isNotEqualTo("named");

        Files.writeString(assets, "address,name,owner\n" + address + ",named,Jane\n");
        Await.until(
                "the list is taken",
                () ->
                        HttpApi.json(admin.get("/api/enrichment"))
                                        .path("assets")
                                        .path("badLines")
                                        .asInt(1)
                                == 0);
        Files.copy(capture, spool.resolve("two.pcap"));
        Function<JsonNode, Boolean> named =
                flow ->
                        file(flow).equals("two.pcap")
                                && flow.path("ns")
                                        .path("source")
                                        .path("asset")
                                        .asText()
                                        .equals("named")
                                && flow.path("source").path("domain").asText().equals("named");
        Await.until(
                "named",
                () -> of("network", "pcap.flow", "changing").stream().anyMatch(named::apply));
        assertThat(of("packets", "pcap.packet", "changing")).isEmpty();
    }
}
