package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What the built server makes of the demo hour beside alerts: who talks to whom, and threat
/// scores; through `kill -9` in the middle of an attack.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class TopologyIT {
    private static final String DEMO = "demo-1h.eve.json";

    /// The attack on a domain controller: 53 flows of it in the file, before and after this line.
    private static final int MIDDLE = 3_770;

    private static final String ATTACKER = "172.16.0.10";
    private static final String VICTIM = "172.16.5.58";
    private static final int FLOWS = 53;
    private static final long BYTES = 61_885;

    @TempDir private Path folder;

    @Test
    void everyFlowIsCountedOnceThroughAKillAndThePastCanBeLookedAt() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        List<String> lines = Files.readAllLines(SampleData.eve(DEMO));
        Instant between;
        int before;
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(String.join("\n", lines.subList(0, MIDDLE)) + "\n");
            Await.until("half is there", () -> edge(admin, "").isPresent());
            Await.until(
                    "half is told",
                    () ->
                            caughtUp(admin)
                                    && admin.tail("topology") > 0
                                    && edge(admin, "&at=" + Instant.now()).isPresent());
            before = edge(admin, "").orElseThrow().path("connections").asInt();
            between = Instant.now();
            server.kill();
        }
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(String.join("\n", lines.subList(MIDDLE, lines.size())) + "\n");
            Await.until(
                    "all is counted",
                    () ->
                            edge(admin, "")
                                    .filter(edge -> edge.path("connections").asInt() >= FLOWS)
                                    .isPresent());
            Await.until("all was looked at", () -> caughtUp(admin));
            JsonNode edge = edge(admin, "").orElseThrow();
            assertThat(edge.path("connections").asInt()).isEqualTo(FLOWS);
            assertThat(edge.path("bytes_out").asLong()).isEqualTo(BYTES);
            assertThat(edge.path("protocols").toString()).isEqualTo("[\"dcerpc\",\"smb\"]");
            assertThat(before).isBetween(1, FLOWS - 1);
            JsonNode then = edge(admin, "&at=" + between).orElseThrow();
            assertThat(then.path("connections").asInt()).isBetween(1, before);
            assertThat(admin.get("/api/topology?at=2020-01-01T00:00:00Z").statusCode())
                    .isEqualTo(404);
            assertThat(admin.get("/api/topology?at=tomorrow").statusCode()).isEqualTo(400);
            scores(admin);
            narrowedRowsSeeNoneOfIt(server, data);
            models(server, data);
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    private static void scores(HttpApi admin) {
        JsonNode scores = HttpApi.json(admin.get("/api/scores?limit=5"));
        assertThat(scores.path("all").path("score").asInt()).isPositive();
        assertThat(scores.path("hosts").path(0).path("reasons").path(0).path("rule").asText())
                .isNotEmpty();
        Await.until(
                "scores are told live",
                () ->
                        admin.stored("metrics").stream()
                                .anyMatch(event ->
                                        event.path("data")
                                                .path("event")
                                                .path("dataset")
                                                .asText()
                                                .equals("netsentinel.scores")));
    }

    private static void narrowedRowsSeeNoneOfIt(ServerProcess server, Path data) {
        HttpApi narrowed =
                Tokens.issue(server, data, "some", "viewer", "--rows", "severity >= high");
        assertThat(narrowed.get("/api/topology").statusCode()).isEqualTo(403);
        assertThat(narrowed.get("/api/scores").statusCode()).isEqualTo(403);
        assertThat(narrowed.get("/api/events?channel=topology").statusCode()).isEqualTo(403);
        assertThat(narrowed.get("/api/events?channel=metrics").statusCode()).isEqualTo(403);
    }

    private static void models(ServerProcess server, Path data) {
        HttpApi trainer = Tokens.issue(server, data, "trainer", "sensor");
        HttpApi viewer = Tokens.issue(server, data, "vera", "viewer");
        String json = "application/json";
        String path = "/api/ml/rcf/status";
        HttpApi.json(trainer.post(path, json, "{\"state\":\"progress\",\"progress\":0.5}"));
        assertThat(trainer.post(path, json, "{\"state\":\"dancing\"}").statusCode()).isEqualTo(400);
        assertThat(viewer.post(path, json, "{\"state\":\"training\"}").statusCode()).isEqualTo(403);
        JsonNode models = HttpApi.json(viewer.get("/api/ml")).path("models");
        assertThat(models.path(0).path("progress").asDouble()).isEqualTo(0.5);
    }

    private static boolean caughtUp(HttpApi admin) {
        JsonNode detectors = HttpApi.json(admin.get("/api/detectors"));
        return detectors.path("seen").asLong() > 0 && detectors.path("behind").asLong() == 0;
    }

    private static Optional<JsonNode> edge(HttpApi admin, String more) {
        HttpResponse<String> answer = admin.get("/api/topology?limit=50000" + more);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        for (JsonNode edge : HttpApi.json(answer).path("edges")) {
            if (edge.path("source").asText().equals(ATTACKER)
                    && edge.path("destination").asText().equals(VICTIM)) {
                return Optional.of(edge);
            }
        }
        return Optional.empty();
    }
}
