package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Real Suricata output taken in and given out again in the forms of others.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class ExportsIT {
    private static final int ALERTS = 719;

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        String eve = SampleData.eve("demo-1h.eve.json").toString();
        server = ServerProcess.serve(data, 0, "--eve", eve);
        admin = HttpApi.admin(server, data);
        Await.until("all alerts", () -> admin.tail("alerts") >= ALERTS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// All pages.
    private static List<JsonNode> lines(String query) {
        List<JsonNode> lines = new ArrayList<>();
        long from = 0;
        while (true) {
            HttpResponse<String> answer =
                    admin.get("/api/events?limit=1000&" + query + "&offset=" + from);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("application/x-ndjson");
            answer.body().lines().map(HttpApi::parse).forEach(lines::add);
            long next = answer.headers().firstValueAsLong("X-NetSentinel-Next").orElseThrow();
            if (next <= from) {
                return lines;
            }
            from = next;
        }
    }

    @Test
    void alertsAreDetectionFindings() {
        List<JsonNode> findings = lines("channel=alerts&format=ocsf");

        assertThat(findings)
                .hasSize(ALERTS)
                .allMatch(line -> line.path("class_uid").asInt() == 2004)
                .allMatch(line -> line.path("type_uid").asInt() == 200_401)
                .allMatch(line -> line.at("/finding_info/uid").isTextual())
                .allMatch(line -> line.at("/finding_info/title").isTextual());
        Set<Integer> network = new HashSet<>();
        lines("channel=network&format=ocsf")
                .forEach(line -> network.add(line.path("class_uid").asInt()));
        assertThat(network).contains(4001, 4003);
    }

    @Test
    void eventsAreEcsDocuments() {
        assertThat(lines("channel=alerts&format=ecs"))
                .hasSize(ALERTS)
                .allMatch(line -> line.at("/ecs/version").asText().startsWith("9."))
                .allMatch(line -> line.at("/event/original").asText().startsWith("{"));
        assertThat(admin.get("/api/events?channel=alerts&format=xml").body())
                .contains("format is json, csv, ecs or ocsf");
    }

    @Test
    void anIncidentIsABundleWhoseReferencesAllLeadSomewhere() {
        Await.until(
                "an incident",
                () -> !HttpApi.json(admin.get("/api/incidents")).path("incidents").isEmpty());
        String id = HttpApi.json(admin.get("/api/incidents")).at("/incidents/0/id").asText();
        HttpResponse<String> answer = admin.get("/api/incidents/" + id + "/export?format=stix");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/stix+json;version=2.1");
        JsonNode bundle = HttpApi.json(answer);
        Set<String> ids = new HashSet<>();
        Set<String> types = new HashSet<>();
        bundle.path("objects")
                .forEach(object -> {
                    ids.add(object.path("id").asText());
                    types.add(object.path("type").asText());
                });
        assertThat(types)
                .contains("identity", "report", "incident", "indicator", "sighting", "ipv4-addr");
        bundle.path("objects")
                .forEach(object -> {
                    object.path("object_refs")
                            .forEach(ref -> assertThat(ids).contains(ref.asText()));
                    if (object.has("sighting_of_ref")) {
                        assertThat(ids).contains(object.path("sighting_of_ref").asText());
                    }
                });
    }
}
