package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    static final int MOST = 40;
    private static final int UNCHANGED = 100;

    /// Attacks of `demo-1h.timeline.json` with the addresses of their captures, and a rule where
    /// those are not enough. Of the others nothing in the file tells: see docs/incidents.md.
    private static final Map<String, Traces> ATTACKS =
            new TreeMap<>(
                    Map.ofEntries(
                            attack("WebattackRCE", "ns.flood", "127.0.0.1"),
                            attack("tcp_scan", "", "192.168.1.178", "192.168.1.2"),
                            attack("WebattackSQLinj", "", "172.16.0.1", "192.168.10.50"),
                            attack("dns-tunnel-iodine", "", "10.0.2.30"),
                            attack("log4j-attack", "", "203.0.113.217", "198.51.100.10"),
                            attack("dns_exfiltration", "", "192.168.220.56", "192.168.203.167"),
                            attack("methods", "", "128.2.6.136", "173.194.75.103"),
                            attack("bot", "", "40.77.167.36", "89.31.72.220"),
                            attack("ssh", "", "192.168.1.32", "131.103.20.168"),
                            attack("sshguess", "", "192.168.56.1", "192.168.56.103"),
                            attack("CVE-2020-1472", "", "172.16.0.10", "172.16.5.58"),
                            attack("exe_download_as_png", "", "10.9.25.101", "185.98.87.185"),
                            attack("exe_download", "", "10.9.25.101", "144.91.69.195"),
                            attack("emotet", "", "10.4.25.101", "77.105.36.156"),
                            attack("synscan", "", "172.16.0.8", "64.13.134.52"),
                            attack("mining", "", "192.168.2.148", "94.23.199.191"),
                            attack("xss", "", "192.168.3.109", "192.168.3.107"),
                            attack("apache_exploit_success", "2034124", "127.0.0.1"),
                            attack("icmp-tunnel", "", "192.168.154.131", "192.168.154.132"),
                            attack("trickbot", "", "10.12.29.101", "82.118.225.196"),
                            attack("bruteforce", "", "192.168.56.1", "192.168.56.101"),
                            attack("tor", "ns.tor", "192.168.1.252")));

    /// @param rule one that an incident must have; empty for any
    private record Traces(String rule, List<String> hosts) {
        boolean in(JsonNode incident) {
            return texts(incident, "hosts").containsAll(hosts)
                    && (rule.isEmpty() || texts(incident, "rules").contains(rule));
        }
    }

    private static final Traces NOWHERE = new Traces("", List.of("nowhere"));

    private static List<String> texts(JsonNode incident, String field) {
        List<String> texts = new ArrayList<>();
        incident.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map.Entry<String, Traces> attack(String name, String rule, String... hosts) {
        return Map.entry(name, new Traces(rule, List.of(hosts)));
    }

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

    @Test
    void theSameComesOfEventsThatAreUpToAMinuteLate() throws IOException {
        List<String> lines = Files.readAllLines(SampleData.eve(DEMO));
        Set<String> inOrder = incidents("in-order", lines);
        assertThat(incidents("late", late(lines))).isEqualTo(inOrder);
    }

    /// What each incident is about, when everything is sent at once.
    private Set<String> incidents(String name, List<String> lines) throws IOException {
        Path data = Files.createDirectory(folder.resolve(name));
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(String.join("\n", lines) + "\n");
            Await.until("the attacks are inside", () -> missing(open(admin)).isEmpty());
            return settled(admin);
        }
    }

    /// What there is when it has not changed for a while.
    private static Set<String> settled(HttpApi admin) {
        List<Set<String>> looks = new ArrayList<>();
        Await.until(
                "nothing changes any more",
                () -> {
                    looks.add(about(admin));
                    int from = looks.size() - UNCHANGED;
                    return from >= 0
                            && looks.subList(from, looks.size()).stream().distinct().count() == 1;
                });
        return looks.getLast();
    }

    private static Set<String> about(HttpApi admin) {
        Set<String> about = new TreeSet<>();
        for (JsonNode incident : open(admin)) {
            about.add(texts(incident, "hosts") + " " + texts(incident, "rules"));
        }
        return about;
    }

    /// Each line up to a minute later than it should be.
    private static List<String> late(List<String> lines) {
        Random random = new Random(5);
        Map<String, Long> arrivals = new HashMap<>();
        for (String line : lines) {
            String time = HttpApi.parse(line).path("timestamp").asText().replace("+0000", "Z");
            arrivals.put(line, Instant.parse(time).toEpochMilli() + random.nextLong(60_000));
        }
        return lines.stream()
                .sorted(Comparator.comparing(line -> arrivals.getOrDefault(line, 0L)))
                .toList();
    }

    static List<JsonNode> open(HttpApi admin) {
        List<JsonNode> incidents = new ArrayList<>();
        HttpApi.json(admin.get("/api/incidents?limit=500"))
                .path("incidents")
                .forEach(incidents::add);
        return incidents;
    }

    /// Attacks whose traces are together in no incident.
    static Set<String> missing(List<JsonNode> incidents) {
        Set<String> missing = new TreeSet<>(ATTACKS.keySet());
        missing.removeIf(
                name -> incidents.stream().anyMatch(ATTACKS.getOrDefault(name, NOWHERE)::in));
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
