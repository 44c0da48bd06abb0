package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Real Suricata output goes in completely and gets the scores it deserves.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class SampleDataIT {
    private static final String DEMO = "demo-1h.eve.json";
    private static final String LIVE = "live-veth-capture.eve.json";

    @TempDir private Path folder;

    @Test
    void everyLineIsStoredVerbatimAndTheScoresAreRight() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        String glob = SampleData.eve("*.eve.json").toString();
        List<String> lines = new ArrayList<>(Files.readAllLines(SampleData.eve(DEMO)));
        int demo = lines.size();
        lines.addAll(Files.readAllLines(SampleData.eve(LIVE)));
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", glob)) {
            HttpApi admin = HttpApi.admin(server, data);
            Await.until(
                    "all is read", () -> source(admin).path("accepted").asInt() == lines.size());
            JsonNode source = source(admin);
            assertThat(source.path("deadLetters").asInt()).isZero();
            assertThat(source.path("lostBytes").asInt()).isZero();
            Map<String, Long> tails = admin.tails();
            List<JsonNode> events = new ArrayList<>();
            for (String channel : tails.keySet()) {
                if (!Set.of("threats", "incidents", "topology", "metrics", "audit", "database")
                        .contains(channel)) {
                    admin.stored(channel).stream()
                            .filter(event -> !ownWord(event))
                            .forEach(events::add);
                }
            }
            assertThat(counted(events, event -> event.path("data").path("raw").asText()))
                    .isEqualTo(counted(lines, line -> line));
            assertThat(tails.get("dead-letters")).isZero();
            assertThat(demo).isEqualTo(8_693);
            checkScores(admin, Set.copyOf(lines.subList(0, demo)));
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    /// What the server itself says about a sensor that loses packets.
    private static boolean ownWord(JsonNode event) {
        JsonNode about = event.path("data").path("event");
        return about.path("dataset").asText().equals("netsentinel.health");
    }

    private static void checkScores(HttpApi admin, Set<String> demo) {
        List<JsonNode> alerts =
                admin.stored("alerts").stream()
                        .map(event -> event.path("data"))
                        .filter(data -> demo.contains(data.path("raw").asText()))
                        .toList();
        assertThat(counted(alerts, data -> data.path("ns").path("severity").asText()))
                .isEqualTo(Map.of("critical", 16L, "high", 144L, "medium", 81L, "low", 478L));
        assertThat(alerts)
                .filteredOn(data -> data.path("ns").path("severity").asText().equals("critical"))
                .extracting(data -> data.path("rule").path("name").asText())
                .allMatch(name -> name.matches("(?i).*(log4j|Apache HTTP Server).*"));
        long worthy =
                alerts.stream().filter(data -> data.path("ns").path("score").asInt() >= 48).count();
        assertThat(threats(admin, demo)).isEqualTo(worthy);
    }

    private static long threats(HttpApi admin, Set<String> demo) {
        return admin.stored("threats").stream()
                .filter(event ->
                        event.path("data").path("event").path("kind").asText().equals("alert"))
                .filter(event -> demo.contains(event.path("data").path("raw").asText()))
                .count();
    }

    @Test
    void postedItIsTakenInTheSameWay() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            int lines = 0;
            for (String name : List.of(DEMO, LIVE)) {
                JsonNode answer =
                        HttpApi.json(admin.postEve(Files.readString(SampleData.eve(name))));
                int count = Files.readAllLines(SampleData.eve(name)).size();
                assertThat(answer.path("accepted").asInt()).isEqualTo(count);
                assertThat(answer.path("rejected")).isEmpty();
                lines += count;
            }
            Map<String, Long> tails = admin.tails();
            long stored =
                    Stream.of("alerts", "network", "packets", "system", "logs", "honeypot")
                            .mapToLong(tails::get)
                            .sum();
            assertThat(stored).isEqualTo(lines);
        }
    }

    private static JsonNode source(HttpApi admin) {
        return HttpApi.json(admin.get("/api/sources")).path("sources").path(0);
    }

    private static <T> Map<String, Long> counted(List<T> list, Function<T, String> key) {
        return list.stream()
                .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    }
}
