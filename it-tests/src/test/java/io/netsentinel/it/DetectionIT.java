package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The attacks that are known to be in an hour of real Suricata output are found, and nothing else,
/// also when the server is stopped in the middle.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class DetectionIT {
    private static final String DEMO = "demo-1h.eve.json";
    private static final List<String> EXPECTED =
            List.of(
                    "ns.scan|172.16.0.8",
                    "ns.port-probe|192.168.1.178",
                    "ns.flood|127.0.0.1 127.0.0.1 8080",
                    "ns.brute-force|192.168.56.1 ssh 192.168.56.103",
                    "ns.brute-force|192.168.56.1 ftp 192.168.56.101",
                    "ns.netlogon|172.16.0.10 172.16.5.58",
                    "ns.tor|192.168.1.252",
                    "ns.unnamed-upload|10.12.29.101 82.118.225.196 7080",
                    "ns.dns-tunnel|10.0.2.30 pirate.sea",
                    "ns.dns-tunnel|192.168.43.91 skullseclabs.org",
                    "ns.dns-tunnel|192.168.220.56 no domain");

    @TempDir private Path folder;

    @Test
    void everyKnownAttackIsFoundOnceAlsoWithAStopAndAKillInTheMiddle() throws IOException {
        List<String> lines = Files.readAllLines(SampleData.eve(DEMO));
        Path data = Files.createDirectory(folder.resolve("data"));
        Path eve = Files.createFile(folder.resolve("eve.json"));
        int third = lines.size() / 3;
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", eve.toString())) {
            append(eve, lines.subList(0, third));
            awaitLooked(HttpApi.admin(server, data));
            server.stop();
        }
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", eve.toString())) {
            append(eve, lines.subList(third, 2 * third));
            awaitLooked(HttpApi.admin(server, data));
            server.kill();
        }
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", eve.toString())) {
            append(eve, lines.subList(2 * third, lines.size()));
            HttpApi admin = HttpApi.admin(server, data);
            awaitLooked(admin);
            Await.until("all findings", () -> findings(admin).size() >= EXPECTED.size());
            assertThat(findings(admin))
                    .extracting(finding -> finding.path("ns").path("dedup_key").asText())
                    .containsExactlyInAnyOrderElementsOf(EXPECTED);
            assertThat(findings(admin)).allMatch(finding -> evidenceExists(admin, finding));
            assertThat(detectors(admin).path("broken").asInt()).isZero();
        }
    }

    /// The speed is of the playing; the times stay the recording's, or, at the speed it was
    /// recorded with, become those of now.
    @ParameterizedTest
    @ValueSource(ints = {60, 1})
    @Tag("long")
    void theSameIsFoundAsFastAsItHappenedAndFaster(int speed) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            Launch.Result played =
                    Launch.of("replay", SampleData.eve(DEMO).toString())
                            .with("--speed", "" + speed, "--url", "" + server.address())
                            .with("--token", Tokens.issue(server, data, "s", "sensor").token())
                            .with(speed == 1 ? List.of() : List.of("--keep-times"))
                            .patience(Duration.ofHours(2))
                            .run();
            assertThat(played.err()).isEmpty();
            Await.until("all findings", () -> findings(admin).size() >= EXPECTED.size());
            Await.until(
                    "the attacks are inside",
                    () -> IncidentsIT.missing(IncidentsIT.open(admin)).isEmpty());
            assertThat(findings(admin))
                    .extracting(finding -> finding.path("ns").path("dedup_key").asText())
                    .containsExactlyInAnyOrderElementsOf(EXPECTED);
            assertThat(IncidentsIT.open(admin)).hasSizeLessThanOrEqualTo(IncidentsIT.MOST);
            assertThat(detectors(admin).path("broken").asInt()).isZero();
        }
    }

    private static void append(Path eve, List<String> lines) throws IOException {
        Files.write(eve, lines, StandardOpenOption.APPEND);
    }

    private static List<JsonNode> findings(HttpApi admin) {
        return admin.stored("threats").stream()
                .map(event -> event.path("data"))
                .filter(data ->
                        data.path("event").path("dataset").asText().equals("netsentinel.finding"))
                // out of the ordinary, but no attack
                .filter(data -> !data.path("rule").path("id").asText().equals("ns.rate"))
                .toList();
    }

    /// A sceptic asks for what was counted.
    private static boolean evidenceExists(HttpApi admin, JsonNode finding) {
        String place = finding.path("ns").path("finding").path("evidence").path(0).asText();
        String channel = place.substring(0, place.indexOf(':'));
        long offset = Long.parseLong(place.substring(channel.length() + 1));
        String page = "/api/events?limit=1&channel=" + channel + "&offset=" + (offset - 1);
        return HttpApi.json(admin.get(page)).path("events").path(0).path("offset").asLong()
                == offset;
    }

    /// Until the file is read to its end and the detectors are where the log is.
    private static void awaitLooked(HttpApi admin) {
        Await.until(
                "all is read",
                () ->
                        source(admin).path("accepted").asLong() > 0
                                && source(admin).path("lagBytes").asLong() == 0);
        Await.until(
                "the detectors have looked at it",
                () ->
                        detectors(admin).path("seen").asLong() > 0
                                && detectors(admin).path("behind").asLong() == 0);
    }

    private static JsonNode source(HttpApi admin) {
        return HttpApi.json(admin.get("/api/sources")).path("sources").path(0);
    }

    private static JsonNode detectors(HttpApi admin) {
        return HttpApi.json(admin.get("/api/detectors"));
    }
}
