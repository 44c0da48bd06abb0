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

/// A real Suricata sees real attacks; its alerts reach a subscriber and the list of alerts, and the
/// detectors find in its records what it has no rules for.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class SuricataIT {
    private static final List<String> ATTACKS =
            List.of(
                    "log4j-attack",
                    "apache_exploit_success",
                    "WebattackSQLinj",
                    "ftp-bruteforce",
                    "sshguess");

    /// So much of a line is kept with its event. Suricata writes ASCII only.
    private static final int MOST_RAW = 32_768;

    private static final Set<String> COPIES_AND_FINDINGS =
            Set.of("threats", "incidents", "topology", "metrics", "audit", "database");

    @TempDir private Path folder;

    @Test
    @EnabledIf(value = Suricata.USABLE, disabledReason = Suricata.MISSING)
    void whatSuricataWritesReachesSubscribersAndTheListOfAlerts() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Suricata suricata = new Suricata(Files.createDirectory(folder.resolve("suricata")));
        // the file does not exist yet: Suricata is started after the server
        try (ServerProcess server =
                ServerProcess.serve(data, 0, "--eve", suricata.eve().toString())) {
            HttpApi admin = HttpApi.admin(server, data);
            try (Subscriber subscriber = Subscriber.open(admin, "/ws/alerts")) {
                subscriber.next("connected");
                for (String attack : ATTACKS) {
                    suricata.read(pcap(attack));
                }
                List<String> lines = Files.readAllLines(suricata.eve());
                List<String> alerts = lines.stream().filter(SuricataIT::isAlert).toList();
                assertThat(alerts).hasSizeGreaterThan(ATTACKS.size());
                List<JsonNode> events = subscriber.events(alerts.size());
                assertThat(events)
                        .extracting(SuricataIT::sum)
                        .containsExactlyElementsOf(sums(alerts).toList());
                Views.requireComplete(events, 0);
                checkSeverity(events);
                checkList(admin, alerts);
                checkAllIsStored(admin, lines);
                checkGuessing(admin);
                assertThat(subscriber.rest())
                        .extracting(message -> message.path("type").asText())
                        .doesNotContain("event", "gap");
            }
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    /// The two captures in which passwords are guessed, and no other.
    private static void checkGuessing(HttpApi admin) {
        List<String> guessing =
                List.of(
                        "ns.brute-force|192.168.56.1 ftp 192.168.56.101",
                        "ns.brute-force|192.168.56.1 ssh 192.168.56.103");
        Await.until(
                "password guessing at FTP and SSH is found",
                () -> guessing(admin).size() >= guessing.size());
        assertThat(guessing(admin)).containsExactlyInAnyOrderElementsOf(guessing);
    }

    private static List<String> guessing(HttpApi admin) {
        return admin.stored("threats").stream()
                .map(event -> event.path("data"))
                .filter(data ->
                        data.at("/event/dataset").asText().equals("netsentinel.finding")
                                && data.at("/rule/id").asText().equals("ns.brute-force"))
                .map(data -> data.at("/ns/dedup_key").asText())
                .toList();
    }

    private static void checkSeverity(List<JsonNode> events) {
        assertThat(events)
                .filteredOn(event ->
                        event.path("data").path("rule").path("name").asText().contains("Log4j"))
                .isNotEmpty()
                .allMatch(event ->
                        event.path("data").path("ns").path("severity").asText().equals("critical"));
    }

    /// The list follows the log a moment behind.
    private static void checkList(HttpApi admin, List<String> alerts) {
        Await.until(
                "all alerts are listed",
                () -> listed(admin).path("alerts").size() >= alerts.size());
        assertThat(listed(admin).path("alerts"))
                .hasSize(alerts.size())
                .allMatch(alert -> alert.path("status").asText().equals("open"))
                .extracting(alert -> alert.path("event").path("rule").path("id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        alerts.stream()
                                .map(line ->
                                        HttpApi.parse(line)
                                                .path("alert")
                                                .path("signature_id")
                                                .asText())
                                .toList());
    }

    private static JsonNode listed(HttpApi admin) {
        return HttpApi.json(admin.get("/api/alerts?limit=500"));
    }

    private static void checkAllIsStored(HttpApi admin, List<String> lines) {
        Await.until("all lines are stored", () -> stored(admin).size() >= lines.size());
        assertThat(counted(stored(admin).stream().map(SuricataIT::sum)))
                .isEqualTo(counted(sums(lines)));
        assertThat(admin.tail("dead-letters")).isZero();
    }

    private static List<JsonNode> stored(HttpApi admin) {
        List<JsonNode> events = new ArrayList<>();
        for (String channel : admin.tails().keySet()) {
            if (!COPIES_AND_FINDINGS.contains(channel)) {
                events.addAll(admin.stored(channel));
            }
        }
        return events;
    }

    private static Map<String, Long> counted(Stream<String> sums) {
        return sums.collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static boolean isAlert(String line) {
        return HttpApi.parse(line).path("event_type").asText().equals("alert");
    }

    /// Lines are long, so they are compared by length and check sum.
    private static Stream<String> sums(List<String> lines) {
        return lines.stream().map(line -> sum(line, line.length() > MOST_RAW));
    }

    private static String sum(JsonNode event) {
        return sum(
                event.path("data").path("raw").asText(),
                event.path("data").path("ns").path("raw_truncated").asBoolean());
    }

    private static String sum(String raw, boolean truncated) {
        String kept = raw.substring(0, Math.min(raw.length(), MOST_RAW));
        return "%d %08x%s".formatted(kept.length(), kept.hashCode(), truncated ? " truncated" : "");
    }

    private static Path pcap(String name) {
        return SampleData.folder().resolve("pcap").resolve(name + ".pcap");
    }
}
