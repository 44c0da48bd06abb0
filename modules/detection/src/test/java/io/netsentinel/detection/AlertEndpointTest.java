package io.netsentinel.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.Server;
import io.netsentinel.transport.ServerSettings;
import io.netsentinel.transport.Services;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertEndpointTest {
    @TempDir private Path directory;

    private AlertsFixture fixture;
    private Auth auth;
    private Server server;

    @BeforeEach
    void start() {
        fixture = AlertsFixture.open(directory);
        auth =
                Auth.open(
                        fixture.log().store(),
                        directory,
                        AuthSettings.defaults().withHashIterations(1_000),
                        Clock.systemUTC());
        Services services =
                Services.builder()
                        .add(EventLog.class, fixture.log())
                        .add(Auth.class, auth)
                        .add(Alerts.class, fixture.alerts())
                        .build();
        server =
                Server.start(
                        ServerSettings.defaults().withPort(0),
                        services,
                        List.of(new AlertEndpoint()));
        fixture.publish(alert("scan", 47), alert("exploit", 99));
    }

    @AfterEach
    void stop() {
        server.close();
        auth.close();
        fixture.close();
    }

    @Test
    void alertsAreListedWithEventStatusAndHistory() throws Exception {
        JsonNode page = json(get("/api/alerts?sort=severity&limit=1", Role.VIEWER), 200);

        assertThat(page.at("/alerts/0/event/rule/name").textValue()).isEqualTo("exploit");
        assertThat(page.at("/alerts/0/status").textValue()).isEqualTo("open");
        assertThat(page.at("/alerts/0/history").isArray()).isTrue();
        JsonNode second =
                json(
                        get(
                                "/api/alerts?sort=severity&limit=1&cursor="
                                        + page.get("next").textValue(),
                                Role.VIEWER),
                        200);
        assertThat(second.at("/alerts/0/event/rule/name").textValue()).isEqualTo("scan");
    }

    @Test
    void parametersNarrowTheListAndBadOnesAreNamed() throws Exception {
        assertThat(
                        json(get("/api/alerts?severity=critical,low&status=open", Role.VIEWER), 200)
                                .get("alerts"))
                .hasSize(1);
        assertThat(json(get("/api/alerts?q=scan", Role.VIEWER), 200).get("alerts")).hasSize(1);
        assertThat(
                        json(get("/api/alerts?filter=severity%20%3E%3D%20high", Role.VIEWER), 200)
                                .get("alerts"))
                .hasSize(1);
        for (String bad :
                List.of(
                        "severity=loud",
                        "status=done",
                        "limit=0",
                        "limit=x",
                        "from=today",
                        "sort=up",
                        "cursor=zz")) {
            String name = bad.substring(0, bad.indexOf('='));
            assertThat(json(get("/api/alerts?" + bad, Role.VIEWER), 400).get("detail").textValue())
                    .startsWith(name);
        }
        assertThat(
                        json(get("/api/alerts?filter=severity%20%3E%3D", Role.VIEWER), 400)
                                .has("column"))
                .isTrue();
    }

    @Test
    void acknowledgingTwiceIsAConflictThatSaysWhoWasFirst() throws Exception {
        String id = fixture.id("exploit");

        JsonNode first =
                json(
                        post(
                                "/api/alerts/" + id + "/ack",
                                "{\"note\":\"seen\"}",
                                token(Role.ANALYST, "ann")),
                        200);
        assertThat(first.get("status").textValue()).isEqualTo("acknowledged");
        assertThat(first.get("version").intValue()).isEqualTo(1);

        JsonNode second =
                json(post("/api/alerts/" + id + "/ack", "", token(Role.ANALYST, "bob")), 409);
        assertThat(second.get("user").textValue()).isEqualTo("ann");
        assertThat(second.get("detail").textValue()).contains("ann was first");
        JsonNode found = json(get("/api/alerts/" + id, Role.VIEWER), 200);
        assertThat(found.at("/history/0/note").textValue()).isEqualTo("seen");
    }

    @Test
    void manyAreAcknowledgedByIdsOrByFilter() throws Exception {
        String body = "{\"ids\":[\"" + fixture.id("scan") + "\",\"nobody\"]}";
        JsonNode byIds = json(post("/api/alerts/ack", body, token(Role.ANALYST, "ann")), 200);
        assertThat(byIds.get("changed")).hasSize(1);
        assertThat(byIds.at("/unknown/0").textValue()).isEqualTo("nobody");

        JsonNode byFilter =
                json(
                        post(
                                "/api/alerts/ack",
                                "{\"filter\":\"severity >= low\"}",
                                token(Role.ANALYST, "ann")),
                        200);
        assertThat(byFilter.get("changed")).hasSize(1);
        assertThat(byFilter.at("/changed/0/id").textValue()).isEqualTo(fixture.id("exploit"));
    }

    @Test
    void aViewerMayLookButNotChange() throws Exception {
        String id = fixture.id("scan");
        json(post("/api/alerts/" + id + "/ack", "", token(Role.VIEWER, "vic")), 403);
        json(post("/api/alerts/" + id + "/ack", "", token(Role.SENSOR, "sen")), 403);
        json(get("/api/alerts", Role.SENSOR), 403);
        assertThat(json(get("/api/alerts/" + id, Role.VIEWER), 200).get("version").intValue())
                .isZero();
    }

    @Test
    void unknownIdsActionsAndBodiesAreRefusedByName() throws Exception {
        String analyst = token(Role.ANALYST, "ann");
        assertThat(json(get("/api/alerts/nobody", Role.VIEWER), 404).get("detail").textValue())
                .contains("nobody");
        json(post("/api/alerts/nobody/ack", "", analyst), 404);
        assertThat(
                        json(
                                        post(
                                                "/api/alerts/" + fixture.id("scan") + "/explode",
                                                "",
                                                analyst),
                                        404)
                                .get("detail")
                                .textValue())
                .contains("escalate");
        json(post("/api/alerts/" + fixture.id("scan") + "/note", "", analyst), 400);
        json(post("/api/alerts/ack", "{}", analyst), 400);
        json(post("/api/alerts/ack", "{\"ids\":[1]}", analyst), 400);
        json(
                post(
                        "/api/alerts/ack",
                        "{\"ids\":[\"a\"],\"filter\":\"severity >= low\"}",
                        analyst),
                400);
    }

    private static Event alert(String name, int score) {
        return Event.builder()
                .timestamp(Instant.parse("2026-06-01T12:00:00Z"))
                .put("event.kind", "alert")
                .put("rule.name", name)
                .put("ns.score", score)
                .build();
    }

    private String token(Role role, String name) {
        return auth.tokens().issue(name, role, List.of(), Duration.ofHours(1)).jwt();
    }

    private HttpURLConnection get(String path, Role role) throws IOException {
        return connect(path, token(role, "reader"));
    }

    private HttpURLConnection post(String path, String body, String token) throws IOException {
        HttpURLConnection connection = connect(path, token);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection;
    }

    private HttpURLConnection connect(String path, String token) throws IOException {
        URI uri = URI.create("http://localhost:" + server.port() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private static JsonNode json(HttpURLConnection connection, int status) throws IOException {
        int answered = connection.getResponseCode();
        try (InputStream body =
                answered < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answered).as(text).isEqualTo(status);
            return new ObjectMapper().readTree(text);
        }
    }
}
