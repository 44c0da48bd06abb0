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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the demo hour with its 26 attack captures, through `kill -9` in the middle.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class IncidentsIT {
    private static final String DEMO = "demo-1h.eve.json";
    private static final int MOST = 40;

    /// Attacks of `demo-1h.timeline.json` that Suricata's alerts tell about, with the addresses of
    /// their captures. Of the other captures there is no alert, of three there is no event at all:
    /// see docs/incidents.md.
    private static final Map<String, List<String>> ATTACKS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("WebattackSQLinj", List.of("172.16.0.1", "192.168.10.50")),
                            Map.entry("dns-tunnel-iodine", List.of("10.0.2.30")),
                            Map.entry("log4j-attack", List.of("203.0.113.217", "198.51.100.10")),
                            Map.entry("methods", List.of("128.2.6.136", "173.194.75.103")),
                            Map.entry("bot", List.of("40.77.167.36", "89.31.72.220")),
                            Map.entry("ssh", List.of("192.168.1.32", "131.103.20.168")),
                            Map.entry("sshguess", List.of("192.168.56.1", "192.168.56.103")),
                            Map.entry(
                                    "exe_download_as_png", List.of("10.9.25.101", "185.98.87.185")),
                            Map.entry("exe_download", List.of("10.9.25.101", "144.91.69.195")),
                            Map.entry("emotet", List.of("10.4.25.101", "77.105.36.156")),
                            Map.entry("synscan", List.of("172.16.0.8", "64.13.134.52")),
                            Map.entry("mining", List.of("192.168.2.148", "94.23.199.191")),
                            Map.entry("xss", List.of("192.168.3.109", "192.168.3.107")),
                            Map.entry("apache_exploit_success", List.of("127.0.0.1")),
                            Map.entry("icmp-tunnel", List.of("192.168.154.131", "192.168.154.132")),
                            Map.entry("bruteforce", List.of("192.168.56.1", "192.168.56.101"))));

    @TempDir private Path folder;

    @Test
    void theDemoHourBecomesFewIncidentsThatHoldTheAttacks() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        List<String> lines = Files.readAllLines(SampleData.eve(DEMO));
        int half = lines.size() / 2;
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(String.join("\n", lines.subList(0, half)) + "\n");
            Await.until("some are there", () -> !open(admin).isEmpty());
            server.kill();
        }
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(String.join("\n", lines.subList(half, lines.size())) + "\n");
            Await.until("the attacks are inside", () -> missing(open(admin)).isEmpty());
            List<JsonNode> incidents = open(admin);
            assertThat(incidents).hasSizeLessThanOrEqualTo(MOST);
            assertThat(counted(admin)).doesNotHaveDuplicates();
            assertThat(incidents.getFirst().path("title").asText()).containsIgnoringCase("log4j");
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    private static List<JsonNode> open(HttpApi admin) {
        List<JsonNode> incidents = new ArrayList<>();
        HttpApi.json(admin.get("/api/incidents?limit=500"))
                .path("incidents")
                .forEach(incidents::add);
        return incidents;
    }

    /// Attacks whose addresses are together in no incident.
    private static Set<String> missing(List<JsonNode> incidents) {
        Set<String> missing = new TreeSet<>(ATTACKS.keySet());
        for (JsonNode incident : incidents) {
            List<String> hosts = new ArrayList<>();
            incident.path("hosts").forEach(host -> hosts.add(host.asText()));
            missing.removeIf(attack -> hosts.containsAll(ATTACKS.getOrDefault(attack, List.of())));
        }
        return missing;
    }

    /// Every piece of evidence with its incident: none is in the same one twice.
    private static List<String> counted(HttpApi admin) {
        List<String> all = new ArrayList<>();
        for (JsonNode event : admin.stored("incidents")) {
            JsonNode incident = event.path("data").path("ns").path("incident");
            for (JsonNode member : incident.path("evidence")) {
                all.add(
                        incident.path("id").asText()
                                + " "
                                + member.path("event").path("id").asText());
            }
        }
        return all;
    }
}
