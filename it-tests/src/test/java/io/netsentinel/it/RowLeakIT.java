package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who may see some rows only tries every door, and nothing of the other rows comes out.
/// One half of the restriction is the role's, by configuration, the other half the token's own.
final class RowLeakIT {
    private static final String SEEN = "203.0.113.77";
    private static final String HIDDEN = "198.51.100.66";
    private static final String MARK = "hushhush";
    private static final int ROUNDS = 20;

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;
    private static HttpApi restricted;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server =
                ServerProcess.start(
                        Launch.of("serve", "--data", data.toString(), "--port", "0")
                                .environment(
                                        "NETSENTINEL_AUTH_ROWS_ANALYST",
                                        "not source.ip in 198.51.100.0/24"),
                        folder.resolve("data.log"));
        admin = HttpApi.admin(server, data);
        restricted =
                Tokens.issue(
                        server,
                        data,
                        "desk",
                        "analyst",
                        "--rows",
                        "not source.ip in (192.0.2.0/24)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Alerts and requests, seen and hidden ones in turn; hidden by the role and by the token.
    private static void publish(String prefix, int from) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < from + ROUNDS; i++) {
            lines.append(Eve.alert(prefix + "-" + i));
            lines.append(Eve.alert(MARK + "-" + prefix + i).replace(SEEN, HIDDEN));
            lines.append(Eve.alert(MARK + "-" + prefix + "b" + i).replace(SEEN, "192.0.2.99"));
            lines.append(Eve.http(prefix + "-" + i).replace("192.0.2.7", SEEN));
            lines.append(Eve.http(MARK + "-" + prefix + i));
        }
        assertThat(admin.postEve(lines.toString()).statusCode()).isEqualTo(200);
    }

    private static void clean(String door, String text) {
        assertThat(text).as(door).doesNotContain(MARK, HIDDEN, "192.0.2.99");
    }

    /// Reads until so many messages hold a text; everything on the way is clean.
    private static void clean(Subscriber subscriber, String text, int count) {
        for (int found = 0; found < count; ) {
            String message = subscriber.next().toString();
            clean("subscription", message);
            assertThat(message).doesNotContain("\"error\"", "\"closed\"");
            found += message.contains(text) ? 1 : 0;
        }
    }

    @Test
    void noSubscriptionReplayOrPatternShowsAHiddenRow() {
        publish("one", 0);
        try (Subscriber live = Subscriber.open(restricted, "/ws");
                Subscriber path = Subscriber.open(restricted, "/ws/alerts?last=5");
                Subscriber html = Subscriber.open(restricted, "/ws")) {
            List<String> wanted =
                    List.of(
                            "'channel':'alerts','sub':'all','offset':0",
                            "'channel':'alerts','sub':'last','last':10",
                            "'channel':'network','sub':'since','since':'-1h'",
                            "'channel':'threats','sub':'copy','offset':0",
                            "'channel':'**','sub':'pattern','positions':{}",
                            "'channel':'alerts','sub':'own','offset':0,"
                                    + "'filter':'source.ip = 198.51.100.66 or severity >= low'");
            for (String members : wanted) {
                live.send("{'type':'subscribe','id':1,%s}".formatted(members).replace('\'', '"'));
            }
            clean(live, "\"/one-", 7 * ROUNDS + 10);
            for (String format : List.of("html:alert", "html:feed")) {
                html.send(
                        "{\"type\":\"subscribe\",\"id\":2,\"channel\":\"alerts\",\"sub\":\"%s\",\"offset\":0,\"format\":\"%s\"}"
                                .formatted(format.replace(':', '.'), format));
            }
            clean(html, "\"html\"", 2 * ROUNDS);
            clean(path, "\"/one-", 5);
            publish("two", 0);
            clean(path, "\"/two-", ROUNDS);
            clean(live, "\"/two-", 8 * ROUNDS);
            clean(html, "\"html\"", 2 * ROUNDS);
            triageEverything();
            clean(live, "\"state\"", 12 * ROUNDS);
            html.rest().forEach(message -> clean("html", message.toString()));
            live.rest().forEach(message -> clean("rest", message.toString()));
        }
    }

    /// Changes of hidden alerts are as hidden as the alerts.
    private static void triageEverything() {
        int alerts = admin.stored("alerts").size();
        Await.until(
                "the list has all alerts",
                () ->
                        HttpApi.json(admin.get("/api/alerts?limit=500")).path("alerts").size()
                                >= alerts);
        HttpResponse<String> answer =
                admin.post(
                        "/api/alerts/ack",
                        "application/json",
                        "{\"filter\":\"severity >= info\",\"note\":\"%s\"}".formatted("looked at"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void noPageOfHistoryOverWebSocketOrHttpShowsAHiddenRow() {
        publish("three", 0);
        try (Subscriber asking = Subscriber.open(restricted, "/ws")) {
            for (String members :
                    List.of(
                            "'channel':'alerts','limit':500",
                            "'channel':'alerts','limit':500,'reverse':true",
                            "'channel':'network','limit':500,'filter':'source.ip exists'",
                            "'channel':'threats','since':'-1h','limit':500")) {
                asking.send("{'type':'history','id':3,%s}".formatted(members).replace('\'', '"'));
                String page = asking.next("history").toString();
                clean(members, page);
                assertThat(page).contains("three-1");
            }
        }
        for (String query :
                List.of(
                        "channel=alerts&limit=1000",
                        "channel=threats&limit=1000&reverse=true",
                        "channel=network&limit=1000&since=-1h",
                        "channel=alerts&limit=1000&filter=source.ip%20%3D%20198.51.100.66%20or%20severity%20%3E%3D%20low")) {
            String page = restricted.get("/api/events?" + query).body();
            clean(query, page);
            assertThat(page).contains("three-1");
        }
    }

    @Test
    void neitherTheListOfAlertsNorAPageNorATriageShowsOrChangesAHiddenRow() {
        publish("four", 0);
        List<String> hidden = new ArrayList<>();
        for (JsonNode event : admin.stored("alerts")) {
            if (event.toString().contains(MARK)) {
                hidden.add(event.path("data").path("id").asText());
            }
        }
        assertThat(hidden).hasSizeGreaterThanOrEqualTo(ROUNDS);
        Await.until(
                "the list has the alerts",
                () -> restricted.get("/api/alerts?limit=500").body().contains(SEEN));
        for (String path :
                List.of(
                        "/api/alerts?limit=500",
                        "/api/alerts?limit=500&sort=severity",
                        "/api/alerts?limit=500&filter=source.ip%20exists",
                        "/",
                        "/alerts",
                        "/alerts?q=" + MARK.substring(0, 4),
                        "/map",
                        "/network",
                        "/network?show=records",
                        "/network?show=records&event=1",
                        "/network?show=records&event=2",
                        "/ws/channels",
                        "/api/sensors")) {
            HttpResponse<String> page = restricted.get(path);
            assertThat(page.statusCode()).as("%s %s", path, page.body()).isEqualTo(200);
            clean(path, page.body());
        }
        assertThat(restricted.get("/topology").statusCode()).isEqualTo(403);
        String id = hidden.getLast();
        for (String path : List.of("/api/alerts/" + id, "/alerts/" + id)) {
            HttpResponse<String> page = restricted.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            clean(path, page.body());
        }
        for (String action : List.of("ack", "unack", "escalate", "note")) {
            HttpResponse<String> answer =
                    restricted.post(
                            "/api/alerts/" + id + "/" + action,
                            "application/json",
                            "{\"note\":\"x\"}");
            assertThat(answer.statusCode()).as(action).isEqualTo(404);
        }
        try (Subscriber calling = Subscriber.open(restricted, "/ws")) {
            calling.send(
                    "{\"type\":\"call\",\"id\":4,\"method\":\"alert.ack\",\"params\":{\"id\":\"%s\"}}"
                            .formatted(id));
            assertThat(calling.next("error").path("code").asInt()).isEqualTo(107);
        }
        assertThat(HttpApi.json(admin.get("/api/alerts/" + id)).path("version").asInt())
                .isEqualTo(HttpApi.json(admin.get("/api/alerts/" + id)).path("history").size());
        assertThat(admin.get("/api/alerts/" + id).body()).doesNotContain("\"desk\"");
    }
}
