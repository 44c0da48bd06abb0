package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules of the house over HTTP, and what becomes of alerts that are posted.
final class RulesEndpointTest {
    @TempDir private Path folder;
    private Api api;

    @BeforeEach
    void start() {
        api = new Api(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Api.Reply rule(String body) {
        return send("/api/rules", body, Role.ADMIN);
    }

    private Api.Reply send(String path, String body, Role role) {
        return api.send(
                path,
                body.getBytes(StandardCharsets.UTF_8),
                api.token(role),
                "Content-Type",
                "application/json");
    }

    private void alert(int signature, int severity, String source) {
        String line =
                """
                {"timestamp":"2026-06-01T12:00:00.000000+0000","event_type":"alert","src_ip":"%s",\
                "alert":{"signature_id":%d,"severity":%d}}
                """
                        .formatted(source, signature, severity);
        assertThat(api.post("format=eve", line).status()).isEqualTo(200);
    }

    private List<JsonNode> events(String channel) {
        Page page = api.log().read(channel, 0, 1_000, 1 << 24).join();
        List<JsonNode> events = new ArrayList<>();
        page.records().forEach(record -> events.add(Api.json(record.payload())));
        return events;
    }

    @Test
    void aSuppressedAlertIsKeptAndMarkedAndNoThreat() {
        Api.Reply made =
                rule(
                        """
                        {"action":"suppress","signature":"7","address":"192.0.2.0/24","reason":"our scanner",
                         "expires":"2099-01-01T00:00:00Z"}
                        """);
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().path("id").asText();
        alert(7, 1, "192.0.2.9");
        alert(7, 1, "198.51.100.1");
        alert(8, 1, "192.0.2.9");
        JsonNode house = events(Channel.ALERTS).getFirst().path("ns").path("house");
        assertThat(house.path("action").asText()).isEqualTo("suppress");
        assertThat(house.path("rule").asText()).isEqualTo(id);
        assertThat(house.path("reason").asText()).isEqualTo("our scanner");
        assertThat(events(Channel.ALERTS)).hasSize(3);
        assertThat(events(Channel.ALERTS).get(1).at("/ns/house").isMissingNode()).isTrue();
        assertThat(events(Channel.THREATS)).hasSize(2);
        JsonNode shown = api.get("/api/rules/" + id, api.token(Role.ADMIN)).json();
        assertThat(shown.path("hits").asInt()).isEqualTo(1);
        assertThat(shown.path("state").asText()).isEqualTo("active");
        assertThat(shown.path("history").get(0).path("user").asText()).isEqualTo("t-admin");
    }

    @Test
    void anEscalatedAlertIsAThreatAlsoWhenItsScoreIsLow() {
        rule("{\"action\":\"escalate\",\"sensor\":\"t-sensor\",\"reason\":\"crown jewels\"}");
        alert(7, 3, "192.0.2.9");
        JsonNode alert = events(Channel.THREATS).getFirst();
        assertThat(alert.at("/ns/house/action").asText()).isEqualTo("escalate");
        assertThat(alert.at("/ns/score").asInt()).isEqualTo(48);
        assertThat(alert.at("/ns/score_why").asText()).contains("raised to 48 by rule");
        assertThat(events(Channel.ALERTS)).isEqualTo(events(Channel.THREATS));
    }

    @Test
    void whenTwoRulesMeanAnAlertTheOneThatEscalatesWins() {
        rule("{\"action\":\"suppress\",\"signature\":\"7\",\"reason\":\"noise\"}");
        rule("{\"action\":\"escalate\",\"source\":\"192.0.2.9\",\"reason\":\"the server\"}");
        alert(7, 1, "192.0.2.9");
        assertThat(events(Channel.ALERTS).getFirst().at("/ns/house/action").asText())
                .isEqualTo("escalate");
    }

    @Test
    void anEndedRuleIsAppliedNoMoreAndItsHistoryStays() {
        String id =
                rule("{\"action\":\"suppress\",\"signature\":\"7\",\"reason\":\"noise\"}")
                        .json()
                        .path("id")
                        .asText();
        Api.Reply ended = send("/api/rules/" + id + "/end", "{\"note\":\"mended\"}", Role.ADMIN);
        assertThat(ended.json().path("state").asText()).isEqualTo("ended");
        assertThat(send("/api/rules/" + id + "/end", "{}", Role.ADMIN).status()).isEqualTo(409);
        alert(7, 1, "192.0.2.9");
        assertThat(events(Channel.ALERTS).getFirst().at("/ns/house").isMissingNode()).isTrue();
        JsonNode history =
                api.get("/api/rules", api.token(Role.ADMIN)).json().at("/rules/0/history");
        assertThat(history).hasSize(2);
        assertThat(history.get(1).path("note").asText()).isEqualTo("mended");
        assertThat(events(Channel.AUDIT))
                .extracting(event -> event.at("/event/action").asText())
                .containsExactly("rule-made", "rule-ended");
        assertThat(events(Channel.AUDIT).getFirst().at("/user/name").asText()).isEqualTo("t-admin");
    }

    @Test
    void rulesAreThereAfterARestart() {
        rule("{\"action\":\"suppress\",\"signature\":\"7\",\"reason\":\"noise\"}");
        api.close();
        api = new Api(folder);
        assertThat(api.get("/api/rules", api.token(Role.ADMIN)).json().path("rules")).hasSize(1);
        alert(7, 1, "192.0.2.9");
        assertThat(events(Channel.ALERTS).getFirst().at("/ns/house/action").asText())
                .isEqualTo("suppress");
    }

    @Test
    void onlyAdministratorsMayAndMistakesAreNamed() {
        String good = "{\"action\":\"suppress\",\"signature\":\"7\",\"reason\":\"noise\"}";
        assertThat(send("/api/rules", good, Role.ANALYST).status()).isEqualTo(403);
        assertThat(api.get("/api/rules", api.token(Role.ANALYST)).status()).isEqualTo(403);
        assertThat(detail("{\"action\":\"drop\",\"signature\":\"7\",\"reason\":\"x\"}"))
                .isEqualTo("\"action\" must be suppress or escalate");
        assertThat(detail("{\"action\":\"suppress\",\"reason\":\"x\"}"))
                .contains("at least one of signature");
        assertThat(detail("{\"action\":\"suppress\",\"signature\":\"7\"}"))
                .isEqualTo("\"reason\" is missing");
        assertThat(detail("{\"action\":\"suppress\",\"address\":\"300.1.1.1\",\"reason\":\"x\"}"))
                .contains("\"address\" is an address or a network");
        assertThat(detail("{\"action\":\"suppress\",\"sig\":\"7\",\"reason\":\"x\"}"))
                .contains("\"sig\" is not known");
        assertThat(
                        detail(
                                "{\"action\":\"suppress\",\"signature\":\"7\",\"reason\":\"x\",\"expires\":\"2020-01-01T00:00:00Z\"}"))
                .contains("\"expires\" is a time to come");
    }

    private String detail(String body) {
        Api.Reply reply = rule(body);
        assertThat(reply.status()).isEqualTo(400);
        return reply.json().path("detail").asText();
    }

    @Test
    void aSenderCannotPretendARule() {
        Api.Reply reply =
                api.post("format=event", "{\"ns\":{\"house\":{\"action\":\"suppress\"}}}");
        assertThat(reply.json().at("/rejected/0/error").asText()).contains("ns.house");
    }
}
