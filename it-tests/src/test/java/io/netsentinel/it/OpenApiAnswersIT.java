package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.it.OpenApi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every answer that `/openapi.json` promises was given once by a running server, and was as
/// promised. Who may ask is checked by [OpenApiIT].
final class OpenApiAnswersIT {
    /// Of a handshake, and of a server that cannot store.
    private static final Set<String> ELSEWHERE = Set.of("GET /ws 101", "GET /ws/{channel} 101");

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;
    private static OpenApi document;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path sensors = Files.createDirectory(folder.resolve("sensors"));
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(sensors.resolve("eve.json"), Eve.alerts("file", 0, 3));
        Files.writeString(
                folder.resolve("netsentinel.yaml"),
                """
                runtime:
                  source-roots: [%s]
                  sink-roots: [%s]
                """
                        .formatted(sensors, out));
        server =
                ServerProcess.start(
                        Launch.of("serve", "--data", data.toString(), "--port", "0")
                                .with("--config", folder.resolve("netsentinel.yaml").toString()),
                        folder.resolve("server.log"));
        admin = HttpApi.admin(server, data);
        document = new OpenApi(HttpApi.json(admin.get("/openapi.json")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyAnswerIsAsDescribed() throws IOException {
        signIn();
        users();
        purges();
        events();
        incidents();
        findings();
        sources();
        sinks();
        notifications();
        rules();
        streams();
        operations();
        Set<String> promised = new TreeSet<>();
        for (Operation one : document.operations()) {
            if (!one.page()) {
                one.statuses().stream()
                        .filter(status -> status.matches("[12].."))
                        .forEach(status -> promised.add(one.name() + " " + status));
            }
        }
        promised.removeAll(ELSEWHERE);
        promised.removeAll(document.seen());
        assertThat(promised).as("never answered here").isEmpty();
    }

    private static void signIn() throws IOException {
        String password = Files.readString(folder.resolve("data/initial-admin-password")).strip();
        String good = "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password);
        HttpApi nobody = new HttpApi(server.address(), "");
        ask(200, nobody, "POST /api/login", "/api/login", good);
        ask(400, nobody, "POST /api/login", "/api/login", "{}");
        ask(401, nobody, "POST /api/login", "/api/login", good.replace(password, "wrong"));
        ask(200, "GET /api/session", "/api/session", "");
        String next = password + "-2";
        JsonNode changed =
                ask(
                        200,
                        "POST /api/password",
                        "/api/password",
                        "{\"current\":\"%s\",\"password\":\"%s\"}".formatted(password, next));
        admin = new HttpApi(server.address(), changed.path("token").asText());
        String login = good.replace(password, next);
        HttpApi other =
                new HttpApi(
                        server.address(),
                        ask(200, nobody, "POST /api/login", "/api/login", login)
                                .path("token")
                                .asText());
        ask(204, other, "POST /api/logout", "/api/logout", "");
        ask(200, nobody, "POST /api/login", "/api/login", login);
        for (JsonNode one : ask(200, "GET /api/sessions", "/api/sessions", "").path("sessions")) {
            if (!one.path("current").asBoolean()) {
                String path = "/api/sessions/" + one.path("id").asText();
                ask(204, "DELETE /api/sessions/{id}", path, "");
            }
        }
        ask(404, "DELETE /api/sessions/{id}", "/api/sessions/none", "");
    }

    private static void purges() {
        String path = "/api/admin/purge";
        ask(200, "GET /api/admin/purge", path, "");
        String id =
                ask(202, "POST /api/admin/purge", path, "{\"address\":\"192.0.2.99\"}")
                        .path("id")
                        .asText();
        assertThat(ask(200, "GET /api/admin/purge", path, "").path("purges")).hasSize(1);
        ask(400, "POST /api/admin/purge", path, "{\"address\":\"192.0.2.0/24\"}");
        ask(400, "POST /api/admin/purge", path, "{\"user\":\"a\",\"address\":\"192.0.2.9\"}");
        ask(204, "DELETE /api/admin/purge/{id}", path + "/" + id, "");
        ask(404, "DELETE /api/admin/purge/{id}", path + "/" + id, "");
    }

    private static void users() {
        ask(201, "POST /api/users", "/api/users", "{\"name\":\"ann\",\"role\":\"viewer\"}");
        ask(409, "POST /api/users", "/api/users", "{\"name\":\"ann\",\"role\":\"viewer\"}");
        ask(200, "GET /api/users", "/api/users", "");
        ask(200, "GET /api/users/{name}", "/api/users/ann", "");
        ask(200, "POST /api/users/{name}", "/api/users/ann", "{\"role\":\"analyst\"}");
        ask(200, "DELETE /api/users/{name}", "/api/users/ann", "");
        JsonNode token =
                ask(
                        201,
                        "POST /api/tokens",
                        "/api/tokens",
                        """
                        {"name":"probe","role":"viewer","channels":["alerts"],"rows":"severity >= low","ttl":"1h"}
                        """);
        ask(200, "GET /api/tokens", "/api/tokens", "");
        HttpApi probe = new HttpApi(server.address(), token.path("token").asText());
        ask(200, probe, "GET /api/session", "/api/session", "");
        ask(204, "DELETE /api/tokens/{id}", "/api/tokens/" + token.path("id").asText(), "");
        ask(200, "GET /api/audit", "/api/audit?limit=2", "");
        ask(400, "GET /api/audit", "/api/audit?filter=severity%20%3E", "");
        ask(200, "GET /api/audit/verify", "/api/audit/verify", "");
    }

    private static void events() throws IOException {
        Operation post = document.find("POST /api/events");
        document.call(admin, post, "/api/events?format=eve", demo());
        HttpResponse<String> answer =
                document.call(
                        admin, post, "/api/events?format=eve", Eve.alerts("api", 0, 4) + "{no\n");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(HttpApi.parse(answer.body()).path("rejected")).hasSize(1);
        for (String format : new String[] {"json", "csv", "ecs", "ocsf"}) {
            ask(200, "GET /api/events", "/api/events?channel=alerts&limit=2&format=" + format, "");
        }
        ask(404, "GET /api/events", "/api/events?channel=nowhere", "");
        ask(410, "GET /api/events", "/api/events?channel=alerts&offset=1000000", "");
        Await.until("the alerts are kept", () -> kept().size() >= 4);
        JsonNode alerts = ask(200, "GET /api/alerts", "/api/alerts?limit=3", "");
        assertThat(alerts.path("next").asText()).isNotEmpty();
        ask(200, "GET /api/alerts/groups", "/api/alerts/groups?by=source", "");
        ask(400, "GET /api/alerts/groups", "/api/alerts/groups?by=colour", "");
        String one = "/api/alerts/" + alerts.at("/alerts/0/id").asText();
        ask(200, "GET /api/alerts/{id}", one, "");
        String change = "POST /api/alerts/{id}/{action}";
        ask(200, change, one + "/ack", "{\"note\":\"seen\"}");
        ask(409, change, one + "/ack", "");
        ask(200, change, one + "/unack", "");
        ask(200, change, one + "/escalate", "");
        ask(200, "GET /api/alerts/{id}", one, "");
        ask(
                200,
                "POST /api/alerts/ack",
                "/api/alerts/ack",
                "{\"ids\":[\"%s\",\"none\"]}".formatted(alerts.at("/alerts/1/id").asText()));
        ask(200, "POST /api/alerts/ack", "/api/alerts/ack", "{\"filter\":\"severity >= low\"}");
        ask(400, "POST /api/alerts/ack", "/api/alerts/ack", "{}");
    }

    /// The capture that comes with the program: it has something for every page.
    private static String demo() throws IOException {
        Path file = Distribution.home().resolve("lib/demo/demo.eve.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode kept() {
        return HttpApi.json(admin.get("/api/alerts")).path("alerts");
    }

    private static void incidents() {
        Await.until("the alerts make an incident", () -> listed().size() > 0);
        openAnother();
        JsonNode list = ask(200, "GET /api/incidents", "/api/incidents", "");
        String one = "/api/incidents/" + list.at("/incidents/0/id").asText();
        ask(200, "GET /api/incidents/{id}", one, "");
        ask(200, "GET /api/incidents/{id}/export", one + "/export?format=stix", "");
        String change = "POST /api/incidents/{id}/{action}";
        ask(200, change, one + "/note", "{\"note\":\"looked at\"}");
        ask(200, change, one + "/assign", "{\"owner\":\"admin\"}");
        ask(409, change, one + "/status", "{\"status\":\"triaged\",\"version\":1}");
        ask(200, "GET /api/incidents/{id}", one, "");
    }

    private static JsonNode listed() {
        return HttpApi.json(admin.get("/api/incidents")).path("incidents");
    }

    /// An alert whose incident is closed can be in another one.
    private static void openAnother() {
        for (JsonNode one : listed()) {
            String path = "/api/incidents/" + one.path("id").asText();
            for (JsonNode member : HttpApi.json(admin.get(path)).path("evidence")) {
                if (member.path("channel").asText().equals("alerts")) {
                    ask(
                            200,
                            "POST /api/incidents/{id}/{action}",
                            path + "/status",
                            "{\"status\":\"closed\",\"resolution\":\"true-positive\"}");
                    String id = member.at("/event/id").asText();
                    String body = "{\"alerts\":[\"" + id + "\"]}";
                    ask(201, "POST /api/incidents", "/api/incidents", body);
                    ask(409, "POST /api/incidents", "/api/incidents", body);
                    return;
                }
            }
        }
        throw new AssertionError("no incident has an alert");
    }

    private static void findings() {
        for (String path :
                new String[] {"/api/detectors", "/api/scores", "/api/topology", "/api/system"}) {
            ask(200, "GET " + path, path, "");
        }
        Await.until(
                "the topology knows them",
                () -> HttpApi.json(admin.get("/api/topology")).path("edges").size() > 0);
        ask(200, "GET /api/topology", "/api/topology", "");
        ask(404, "GET /api/topology", "/api/topology?at=2020-01-01T00:00:00Z", "");
        Await.until(
                "there are scores",
                () -> HttpApi.json(admin.get("/api/scores")).path("hosts").size() > 0);
        ask(200, "GET /api/scores", "/api/scores", "");
        ask(
                200,
                "POST /api/ml/{model}/status",
                "/api/ml/dns/status",
                "{\"state\":\"metrics\",\"metrics\":{\"loss\":0.5},\"progress\":0.5,\"version\":\"2\"}");
        ask(200, "GET /api/ml", "/api/ml", "");
        ask(200, "GET /api/sensors", "/api/sensors", "");
    }

    private static void sources() {
        String file = folder.resolve("sensors/eve.json").toString();
        String wish = "{\"name\":\"eve\",\"kind\":\"file\",\"path\":\"%s\"}".formatted(file);
        ask(201, "POST /api/sources", "/api/sources", wish);
        ask(409, "POST /api/sources", "/api/sources", wish);
        ask(200, "GET /api/sources", "/api/sources", "");
        ask(200, "GET /api/sources/{name}", "/api/sources/eve", "");
        for (String action : new String[] {"test", "pause", "resume"}) {
            ask(200, "POST /api/sources/{name}/{action}", "/api/sources/eve/" + action, "");
        }
        ask(404, "POST /api/sources/{name}/{action}", "/api/sources/eve/jump", "");
        ask(204, "DELETE /api/sources/{name}", "/api/sources/eve", "");
    }

    private static void sinks() {
        ask(201, "POST /api/sinks", "/api/sinks", sink("archive"));
        ask(409, "POST /api/sinks", "/api/sinks", sink("archive"));
        ask(200, "GET /api/sinks", "/api/sinks", "");
        ask(200, "GET /api/sinks/{name}", "/api/sinks/archive", "");
        String act = "POST /api/sinks/{name}/{action}";
        for (String action : new String[] {"test", "pause", "resume"}) {
            ask(200, act, "/api/sinks/archive/" + action, "");
        }
        ask(200, act, "/api/sinks/archive/skip", "{\"all\":true}");
        ask(200, act, "/api/sinks/archive/rewind", "{\"records\":1}");
        ask(400, act, "/api/sinks/archive/rewind", "{}");
        ask(204, "DELETE /api/sinks/{name}", "/api/sinks/archive", "");
    }

    private static String sink(String name) {
        return "{\"name\":\"%s\",\"kind\":\"file\",\"path\":\"%s\"}"
                .formatted(name, folder.resolve("out").resolve(name + ".ndjson"));
    }

    private static void notifications() {
        ask(201, "POST /api/notifications", "/api/notifications", sink("tell"));
        ask(200, "GET /api/notifications", "/api/notifications", "");
        ask(200, "GET /api/notifications/{name}", "/api/notifications/tell", "");
        ask(200, "POST /api/notifications/{name}/test", "/api/notifications/tell/test", "");
        ask(204, "DELETE /api/notifications/{name}", "/api/notifications/tell", "");
        ask(200, "GET /api/plugins", "/api/plugins", "");
        ask(200, "GET /api/enrichment", "/api/enrichment", "");
    }

    private static void rules() {
        JsonNode rule =
                ask(
                        201,
                        "POST /api/rules",
                        "/api/rules",
                        "{\"action\":\"suppress\",\"address\":\"10.9.0.0/16\",\"reason\":\"a lab\"}");
        String one = "/api/rules/" + rule.path("id").asText();
        ask(200, "GET /api/rules", "/api/rules", "");
        ask(200, "GET /api/rules/{id}", one, "");
        ask(200, "POST /api/rules/{id}/end", one + "/end", "{\"note\":\"over\"}");
        ask(409, "POST /api/rules/{id}/end", one + "/end", "");
    }

    private static void streams() {
        try (Subscriber client = Subscriber.open(admin, "/ws")) {
            client.send("{\"type\":\"connect\",\"id\":1,\"client\":\"desk\",\"name\":\"test\"}");
            client.send("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"lab\",\"durable\":\"d\"}");
            assertThat(client.next("subscribed").path("durable").asText()).isEqualTo("d");
            ask(200, "GET /ws/channels", "/ws/channels", "");
            ask(200, "POST /ws/broadcast", "/ws/broadcast", "{\"data\":{\"n\":1}}");
            String notify = "POST /ws/notify/{client_id}";
            ask(200, notify, "/ws/notify/desk", "{\"data\":{\"n\":2}}");
            ask(202, notify, "/ws/notify/away", "{\"data\":{\"n\":3}}");
            ask(
                    413,
                    notify,
                    "/ws/notify/desk",
                    "{\"data\":{\"n\":\"" + "x".repeat(1 << 17) + "\"}}");
            ask(200, "GET /api/queues", "/api/queues", "");
            String desk = "{\"client_id\":\"desk\"}";
            String subscribe = "POST /ws/channels/{channel}/subscribe";
            ask(200, subscribe, "/ws/channels/alerts/subscribe", desk);
            ask(200, subscribe, "/ws/channels/alerts/subscribe", desk);
            ask(404, subscribe, "/ws/channels/alerts/subscribe", "{\"client_id\":\"gone\"}");
            JsonNode open = ask(200, "GET /ws/connections", "/ws/connections", "");
            String unsubscribe = "POST /ws/channels/{channel}/unsubscribe";
            ask(200, unsubscribe, "/ws/channels/alerts/unsubscribe", desk);
            ask(404, unsubscribe, "/ws/channels/alerts/unsubscribe", desk);
            String id = open.at("/connections/0/id").asText();
            ask(204, "DELETE /ws/connections/{id}", "/ws/connections/" + id, "");
        }
        ask(404, "DELETE /ws/connections/{id}", "/ws/connections/none", "");
        ask(200, "DELETE /api/queues", "/api/queues?all=true", "");
        ask(426, "GET /ws", "/ws", "");
    }

    private static void operations() {
        for (String path :
                new String[] {
                    "/health/live",
                    "/health/ready",
                    "/metrics",
                    "/ws/stats",
                    "/asyncapi.json",
                    "/openapi.json"
                }) {
            ask(200, "GET " + path, path, "");
        }
        ask(200, "GET /api/figures", "/api/figures", "");
        ask(
                200,
                "GET /api/figures",
                "/api/figures?name=netsentinel_connections,netsentinel_log_events_total&points=10",
                "");
        ask(400, "GET /api/figures", "/api/figures?name=x&points=none", "");
    }

    private static JsonNode ask(int status, String operation, String path, String body) {
        return ask(status, admin, operation, path, body);
    }

    private static JsonNode ask(
            int status, HttpApi who, String operation, String path, String body) {
        HttpResponse<String> answer = document.call(who, document.find(operation), path, body);
        assertThat(answer.statusCode()).as(operation + ": " + answer.body()).isEqualTo(status);
        boolean json =
                answer.headers()
                        .firstValue("content-type")
                        .orElse("")
                        .startsWith("application/json");
        return json ? HttpApi.parse(answer.body()) : HttpApi.parse("{}");
    }
}
