package io.netsentinel.detection.incident;

import static io.netsentinel.detection.incident.IncidentsFixture.alert;
import static io.netsentinel.detection.incident.IncidentsFixture.exploit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Incidents;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.ProtocolException;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;

    private IncidentsFixture fixture;
    private Auth auth;
    private Alerts alerts;
    private Services services;
    private Server server;
    private String id = "";

    @BeforeEach
    void start() {
        fixture = IncidentsFixture.open(directory);
        auth =
                Auth.open(
                        fixture.log().store(),
                        directory,
                        AuthSettings.defaults().withHashIterations(1_000),
                        Clock.systemUTC());
        alerts = Alerts.create(fixture.log(), fixture.hub(), Clock.systemUTC());
        services =
                Services.builder()
                        .add(EventLog.class, fixture.log())
                        .add(Auth.class, auth)
                        .add(Incidents.class, fixture.incidents())
                        .add(Alerts.class, alerts)
                        .build();
        server =
                Server.start(
                        ServerSettings.defaults().withPort(0),
                        services,
                        List.of(new IncidentEndpoint()));
        fixture.publish(exploit("a", 0, "203.0.113.1", "10.0.0.1"));
        id = fixture.one(1).id();
    }

    @AfterEach
    void stop() {
        server.close();
        alerts.close();
        auth.close();
        fixture.close();
    }

    @Test
    void incidentsAreListedAndShownWithTheirEvidence() throws Exception {
        JsonNode page = json(get("/api/incidents?severity=medium&q=SOMETHING", Role.VIEWER), 200);
        assertThat(page.at("/incidents/0/id").textValue()).isEqualTo(id);
        assertThat(json(get("/api/incidents?status=closed", Role.VIEWER), 200).get("incidents"))
                .isEmpty();

        JsonNode one = json(get("/api/incidents/" + id, Role.VIEWER), 200);
        assertThat(one.at("/evidence/0/event/rule/name").textValue())
                .isEqualTo("ET EXPLOIT Something bad");
        assertThat(one.get("score_why").textValue()).contains("2.5924");
        assertThat(one.at("/history/0/action").textValue()).isEqualTo("opened");
        json(get("/api/incidents/nothing", Role.VIEWER), 404);
        for (String bad : List.of("status=done", "severity=x", "sort=up", "limit=0", "cursor=-1")) {
            String name = bad.substring(0, bad.indexOf('='));
            assertThat(
                            json(get("/api/incidents?" + bad, Role.VIEWER), 400)
                                    .get("detail")
                                    .textValue())
                    .startsWith(name);
        }
    }

    @Test
    void aConflictHasThePresentVersionAndSaysWhoWasFirst() throws Exception {
        String path = "/api/incidents/" + id;
        String ann = token(Role.ANALYST, "ann");
        JsonNode after = json(post(path + "/assign", "{\"owner\":\"ann\"}", ann), 200);
        assertThat(after.get("version").intValue()).isEqualTo(1);

        JsonNode problem =
                json(
                        post(
                                path + "/assign",
                                "{\"owner\":\"bob\",\"version\":0}",
                                token(Role.ANALYST, "bob")),
                        409);

        assertThat(problem.get("version").intValue()).isEqualTo(1);
        assertThat(problem.get("owner").textValue()).isEqualTo("ann");
        assertThat(problem.get("user").textValue()).isEqualTo("ann");
        assertThat(problem.get("time").textValue()).isNotEmpty();
        json(post(path + "/status", "{\"status\":\"triaged\"}", ann), 200);
        json(post(path + "/status", "{\"status\":\"closed\"}", ann), 400);
        json(
                post(
                        path + "/status",
                        "{\"status\":\"closed\",\"resolution\":\"true-positive\"}",
                        ann),
                200);
    }

    @Test
    void anIncidentIsOpenedByHandOfAlertsThatAreInNone() throws Exception {
        String ann = token(Role.ANALYST, "ann");
        fixture.publish(alert("low", 1, "10.7.0.1", "10.7.0.2", "ET INFO Something", 21));
        String body = "{\"alerts\":[\"low\"],\"note\":\"looks odd\"}";
        JsonNode opened = json(post("/api/incidents", body, ann), 201);

        assertThat(opened.get("title").textValue()).startsWith("Something");
        assertThat(opened.get("members").intValue()).isEqualTo(1);
        assertThat(opened.at("/history/0/user").textValue()).isEqualTo("ann");
        assertThat(opened.at("/history/0/note").textValue()).isEqualTo("looks odd");
        JsonNode again = json(post("/api/incidents", body, ann), 409);
        assertThat(again.get("detail").textValue()).contains(opened.get("id").textValue());
        json(post("/api/incidents", "{\"alerts\":[\"nothing\"]}", ann), 400);
        json(post("/api/incidents", "{\"alerts\":[]}", ann), 400);
        json(post("/api/incidents", "{\"alerts\":[\"a\"]}", ann), 409);
        json(post("/api/incidents", body, token(Role.VIEWER, "vera")), 403);

        fixture.publish(exploit("more", 2, "10.7.0.1", "10.7.0.3"));
        String one = "/api/incidents/" + opened.get("id").textValue();
        IncidentsFixture.await(() -> fixture.members(opened.get("id").textValue()).size() == 2);
        assertThat(json(get(one, Role.VIEWER), 200).get("version").intValue()).isEqualTo(1);
    }

    @Test
    void whatMakesNoSenseOrIsNotAllowedIsRefused() throws Exception {
        String path = "/api/incidents/" + id;
        String ann = token(Role.ANALYST, "ann");

        json(post(path + "/note", "{\"note\":\" \"}", ann), 400);
        json(post(path + "/split", "{\"members\":[\"a\"]}", ann), 400);
        json(post(path + "/merge", "{\"with\":[\"nothing\"]}", ann), 400);
        json(post(path + "/dance", "{}", ann), 404);
        json(post("/api/incidents/nothing/note", "{\"note\":\"x\"}", ann), 404);
        json(post(path + "/note", "{\"note\":\"x\"}", token(Role.VIEWER, "vera")), 403);
    }

    @Test
    void theCallsDoTheSame() throws Exception {
        JsonNode answer =
                new IncidentMethod.Status()
                        .call(
                                IncidentsFixture.ANN,
                                JSON.readTree("{\"id\":\"" + id + "\",\"status\":\"triaged\"}"),
                                services);
        assertThat(answer.get("status").textValue()).isEqualTo("triaged");
        assertThat(new IncidentMethod.Assign().name()).isEqualTo("incident.assign");
        assertThatThrownBy(() ->
                        new IncidentMethod.Status()
                                .call(
                                        IncidentsFixture.BOB,
                                        JSON.readTree(
                                                "{\"id\":\"" + id + "\",\"status\":\"triaged\"}"),
                                        services))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
                            assertThat(refused.text()).contains("ann was first");
                        });
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
            return JSON.readTree(text);
        }
    }
}
