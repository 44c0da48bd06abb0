package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The way of an event, from a line of `eve.json` or a request to every kind of client.
final class EndToEndIT {
    private static final String NDJSON = "application/x-ndjson";
    private static final String FOREIGN = "io.netsentinel.it.ForeignLibrary#hasNode";
    private static final String NO_FOREIGN = "needs Node and npm with a package registry";

    @TempDir private static Path folder;
    private static Path eve;
    private static ServerProcess server;
    private static HttpApi admin;

    private final String mark = "e2e-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        eve = Files.createFile(folder.resolve("eve.json"));
        Path data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.serve(data, 0, "--eve", eve.toString());
        admin = HttpApi.admin(server, data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aLineOfTheFileReachesASubscriberWithOffsetScoreAndFields() {
        try (Subscriber subscriber = Subscriber.open(admin, "/ws")) {
            subscriber.send("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"alerts\"}");
            JsonNode subscribed = subscriber.next("subscribed");
            Instant before = Instant.now();
            Eve.append(eve, Eve.alert(mark));
            checkAlert(awaited(subscriber, mark), before, subscribed.path("start").asLong());
        }
    }

    @Test
    @EnabledIf(value = FOREIGN, disabledReason = NO_FOREIGN)
    void aLineOfTheFileReachesAClientOfNodesWsPackage() {
        try (ForeignClient client =
                ForeignClient.open(
                        Subscriber.address(server.address(), "/ws"),
                        admin.token(),
                        "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"alerts\"}")) {
            // it offers compression, which is off unless it is switched on
            assertThat(client.next("open").path("extensions").asText()).isEmpty();
            JsonNode subscribed = client.next("subscribed");
            Instant before = Instant.now();
            Eve.append(eve, Eve.alert(mark));
            JsonNode event = client.next("event");
            assertThat(Eve.mark(event)).isEqualTo(mark);
            checkAlert(event, before, subscribed.path("start").asLong());
        }
    }

    @Test
    @EnabledIf(value = FOREIGN, disabledReason = NO_FOREIGN)
    void nodesWsPackageSeesTheRefusalBeforeTheUpgrade() {
        try (ForeignClient client =
                ForeignClient.open(Subscriber.address(server.address(), "/ws"), "wrong")) {
            assertThat(client.next("refused").path("status").asInt()).isEqualTo(401);
        }
    }

    private static void checkAlert(JsonNode event, Instant before, long start) {
        assertThat(event.path("channel").asText()).isEqualTo("alerts");
        assertThat(event.path("offset").asLong()).isGreaterThan(start);
        assertThat(event.path("prev").asLong()).isLessThan(event.path("offset").asLong());
        assertThat(Instant.ofEpochMilli(event.path("time").asLong()))
                .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
        JsonNode data = event.path("data");
        assertThat(data.path("@timestamp").asText()).startsWith("2026-06-01T12:02:35.124");
        assertThat(data.path("source").path("ip").asText()).isEqualTo("203.0.113.77");
        assertThat(data.path("destination").path("port").asInt()).isEqualTo(8080);
        assertThat(data.path("rule").path("id").asText()).isEqualTo("2034647");
        assertThat(data.path("rule").path("name").asText()).contains("log4j");
        assertThat(data.path("event").path("kind").asText()).isEqualTo("alert");
        assertThat(data.path("id").asText()).hasSize(26);
        // 73 for Major, all of it for high confidence, 8 more for a CVE
        assertThat(data.path("ns").path("score").asInt()).isEqualTo(81);
        assertThat(data.path("ns").path("severity").asText()).isEqualTo("critical");
        assertThat(data.path("ns").path("score_why").asText()).isNotEmpty();
    }

    @Test
    void theChannelInThePathIsSubscribedAndAnsweredAtOnce() {
        try (Subscriber subscriber = Subscriber.open(admin, "/ws/alerts")) {
            JsonNode subscribed = subscriber.next("subscribed");
            assertThat(subscribed.path("channel").asText()).isEqualTo("alerts");
            assertThat(subscribed.path("sub").asText()).isEqualTo("alerts");
            assertThat(subscribed.path("epoch").asText()).isNotEmpty();
            JsonNode connected = subscriber.next("connected");
            assertThat(connected.path("user").asText()).isEqualTo("admin");
            assertThat(connected.path("channels").toString()).contains("\"alerts\"");
            Eve.append(eve, Eve.alert(mark));
            awaited(subscriber, mark);
        }
    }

    @Test
    void aTokenInTheFirstMessageOpensEverythingInOneRoundTrip() {
        HttpApi nobody = new HttpApi(server.address(), "");
        try (Subscriber subscriber = Subscriber.open(nobody, "/ws")) {
            subscriber.send(
                    """
                    {"type":"connect","id":1,"token":"%s","client":"desk-1",\
                    "subs":{"a":{"channel":"alerts"},"t":{"channel":"threats"}}}\
                    """
                            .formatted(admin.token()));
            List<String> subs =
                    List.of(
                            subscriber.next().path("sub").asText(),
                            subscriber.next().path("sub").asText());
            assertThat(subs).containsExactlyInAnyOrder("a", "t");
            assertThat(subscriber.next().path("type").asText()).isEqualTo("connected");
            Eve.append(eve, Eve.alert(mark));
            assertThat(List.of(awaited(subscriber, mark), awaited(subscriber, mark)))
                    .extracting(event -> event.path("sub").asText())
                    .containsExactlyInAnyOrder("a", "t");
        }
    }

    @Test
    void anAlertAndItsCopyOnThreatsHaveTheSameId() {
        try (Subscriber alerts = Subscriber.open(admin, "/ws/alerts");
                Subscriber threats = Subscriber.open(admin, "/ws/threats")) {
            alerts.next("connected");
            threats.next("connected");
            Eve.append(eve, Eve.alert(mark));
            assertThat(id(awaited(threats, mark))).isEqualTo(id(awaited(alerts, mark)));
        }
    }

    @Test
    void aSubscriberThatComesBackWithItsPositionMissesNothingAndSeesNothingTwice() {
        Subscriber first = Subscriber.open(admin, "/ws/alerts");
        String epoch = first.next("subscribed").path("epoch").asText();
        Eve.append(eve, Eve.alerts(mark, 0, 10));
        long position = 0;
        for (int n = 0; n < 10; n++) {
            position = awaited(first, mark + "-" + n).path("offset").asLong();
        }
        first.close();
        Eve.append(eve, Eve.alerts(mark, 10, 500));
        try (Subscriber again = Subscriber.from(admin, "alerts", epoch, position)) {
            JsonNode subscribed = again.next("subscribed");
            assertThat(subscribed.path("recovered").asBoolean()).isTrue();
            assertThat(subscribed.path("start").asLong()).isEqualTo(position);
            List<JsonNode> events = again.events(500);
            assertThat(events)
                    .extracting(Eve::mark)
                    .containsExactlyElementsOf(Eve.marks(mark, 10, 500).toList());
            Views.requireComplete(events, position);
        }
    }

    @Test
    void historyGivesStoredEventsByPageAndBackwards() {
        HttpResponse<String> posted = admin.postEve(Eve.alerts(mark, 0, 5));
        long last = offsets(posted).get(4);
        try (Subscriber subscriber = Subscriber.open(admin, "/ws")) {
            subscriber.send(history(1, ",\"offset\":" + (last - 5) + ",\"limit\":3"));
            JsonNode page = subscriber.next("history");
            assertThat(page.path("id").asInt()).isEqualTo(1);
            assertThat(page.path("events"))
                    .extracting(Eve::mark)
                    .containsExactly(mark + "-0", mark + "-1", mark + "-2");
            long next = page.path("next").asLong();
            assertThat(next).isEqualTo(last - 2);
            subscriber.send(
                    history(2, ",\"offset\":" + (last + 1) + ",\"limit\":2,\"reverse\":true"));
            assertThat(subscriber.next("history").path("events"))
                    .extracting(Eve::mark)
                    .containsExactly(mark + "-4", mark + "-3");
        }
    }

    private static String history(int id, String more) {
        return "{\"type\":\"history\",\"id\":" + id + ",\"channel\":\"alerts\"" + more + "}";
    }

    @Test
    void whatIsPublishedIsDeliveredAsGiven() {
        String channel = "lab." + mark;
        String data = "{\"b\":[1,2.50,null,true],\"a\":{\"é\":\"\\u0000<script>\"}}";
        try (Subscriber subscriber = Subscriber.open(admin, "/ws")) {
            subscriber.send(
                    """
                    {"type":"publish","id":9,"channel":"%s","data":%s}\
                    """
                            .formatted(channel, data));
            JsonNode published = subscriber.next("published");
            assertThat(published.path("id").asInt()).isEqualTo(9);
            assertThat(published.path("offset").asLong()).isEqualTo(1);
            subscriber.send(
                    """
                    {"type":"subscribe","id":10,"channel":"%s","offset":0,"epoch":"%s"}\
                    """
                            .formatted(channel, published.path("epoch").asText()));
            JsonNode event = subscriber.next("event");
            assertThat(event.path("data")).isEqualTo(HttpApi.parse(data));
            assertThat(event.path("offset").asLong()).isEqualTo(1);
        }
    }

    @Test
    void publishingTwiceWithOneKeyStoresOnce() {
        String channel = "lab." + mark;
        String publish =
                "{\"type\":\"publish\",\"id\":1,\"channel\":\"%s\",\"key\":\"k\",\"data\":{}}"
                        .formatted(channel);
        try (Subscriber subscriber = Subscriber.open(admin, "/ws")) {
            subscriber.send(publish);
            subscriber.send(publish);
            assertThat(subscriber.next("published").path("offset").asLong()).isEqualTo(1);
            assertThat(subscriber.next("published").path("offset").asLong()).isEqualTo(1);
        }
        assertThat(admin.stored(channel)).hasSize(1);
    }

    @Test
    void anAcknowledgementIsSeenByAnotherClientAndTheSecondOneIsAConflict() {
        try (Subscriber first = Subscriber.open(admin, "/ws");
                Subscriber second = Subscriber.open(admin, "/ws/alerts")) {
            second.next("connected");
            Eve.append(eve, Eve.alert(mark));
            JsonNode alert = awaited(second, mark);
            String call =
                    """
                    {"type":"call","id":5,"method":"alert.ack","params":{"id":"%s","note":"known"}}\
                    """
                            .formatted(id(alert));
            first.send(call);
            assertThat(first.next("result").path("id").asInt()).isEqualTo(5);
            JsonNode change = second.next("event");
            assertThat(change.path("offset").asLong()).isGreaterThan(alert.path("offset").asLong());
            assertThat(change.path("data").path("event").path("kind").asText()).isEqualTo("state");
            JsonNode what = change.path("data").path("ns").path("change");
            assertThat(what.path("id").asText()).isEqualTo(id(alert));
            assertThat(what.path("action").asText()).isEqualTo("ack");
            assertThat(what.path("user").asText()).isEqualTo("admin");
            assertThat(what.path("note").asText()).isEqualTo("known");
            second.send(call);
            JsonNode refused = second.next("error");
            assertThat(refused.path("code").asInt()).isEqualTo(122);
            assertThat(refused.path("message").asText()).contains("admin");
        }
    }

    @Test
    void postedLinesAreStoredWhenTheAnswerComes() {
        HttpResponse<String> answer =
                admin.post("/api/events?format=eve", NDJSON, Eve.alerts(mark, 0, 3) + "{broken\n");
        JsonNode json = HttpApi.json(answer);
        assertThat(json.path("accepted").asInt()).isEqualTo(3);
        assertThat(json.path("rejected")).hasSize(1);
        assertThat(json.path("rejected").path(0).path("line").asInt()).isEqualTo(4);
        long before = offsets(answer).getFirst() - 1;
        JsonNode page =
                HttpApi.json(admin.get("/api/events?channel=alerts&limit=3&offset=" + before));
        assertThat(page.path("events"))
                .extracting(Eve::mark)
                .containsExactlyElementsOf(Eve.marks(mark, 0, 3).toList());
        assertThat(page.path("events"))
                .extracting(event -> event.path("offset").asLong())
                .containsExactlyElementsOf(offsets(answer));
        assertThat(page.path("next").asLong()).isEqualTo(before + 3);
    }

    @Test
    void aCompressedBodyAndAnArrayAreTakenToo() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(Eve.alerts(mark, 0, 200).getBytes(StandardCharsets.UTF_8));
        }
        JsonNode compressed =
                HttpApi.json(
                        admin.post(
                                "/api/events?format=eve",
                                NDJSON,
                                zipped.toByteArray(),
                                Map.of("Content-Encoding", "gzip")));
        assertThat(compressed.path("accepted").asInt()).isEqualTo(200);
        String array = "[" + Eve.alert(mark + "-a") + ",\n " + Eve.alert(mark + "-b") + "]";
        JsonNode pretty =
                HttpApi.json(admin.post("/api/events?format=eve", "application/json", array));
        assertThat(pretty.path("accepted").asInt()).isEqualTo(2);
    }

    @Test
    void aBodySentAgainUnderItsKeyIsStoredOnce() {
        byte[] body = Eve.alerts(mark, 0, 2_500).getBytes(StandardCharsets.UTF_8);
        Map<String, String> key = Map.of("Idempotency-Key", mark);
        JsonNode first = HttpApi.json(admin.post("/api/events?format=eve", NDJSON, body, key));
        JsonNode second = HttpApi.json(admin.post("/api/events?format=eve", NDJSON, body, key));
        assertThat(second.path("offsets")).isEqualTo(first.path("offsets"));
        assertThat(admin.stored("alerts"))
                .filteredOn(event -> Eve.mark(event).startsWith(mark))
                .hasSize(2_500);
    }

    @Test
    void aFilterIsAppliedByTheServer() {
        try (Subscriber subscriber = Subscriber.open(admin, "/ws")) {
            subscriber.send(
                    """
                    {"type":"subscribe","id":1,"channel":"alerts",\
                    "filter":"url.path = \\"/%s-7\\" and source.ip in 203.0.113.0/24"}\
                    """
                            .formatted(mark));
            subscriber.next("subscribed");
            admin.postEve(Eve.alerts(mark, 0, 20));
            assertThat(Eve.mark(subscriber.next("event"))).isEqualTo(mark + "-7");
        }
    }

    @Test
    void strangersAreRefusedBeforeTheUpgradeAndEverywhereElse() {
        RawHttp raw = new RawHttp(server.port());
        String bearer = "Authorization: Bearer " + admin.token();
        assertThat(raw.upgrade("/ws", "Authorization: Bearer abc.def.ghi")).isEqualTo(401);
        assertThat(raw.upgrade("/ws/alerts?token=" + admin.token())).isEqualTo(400);
        assertThat(raw.upgrade("/ws", bearer, "Origin: http://evil.example")).isEqualTo(403);
        assertThat(raw.upgrade("/ws", bearer, "Origin: null")).isEqualTo(403);
        assertThat(raw.upgrade("/ws", bearer)).isEqualTo(101);
        assertThat(raw.upgrade("/ws", bearer, "Origin: http://127.0.0.1:" + server.port()))
                .isEqualTo(101);
        HttpApi nobody = new HttpApi(server.address(), "");
        for (String path : List.of("/api/events?channel=alerts", "/ws/channels", "/api/sensors")) {
            assertThat(nobody.get(path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(nobody.postEve(Eve.alert(mark)).statusCode()).isEqualTo(401);
    }

    @Test
    void aSensorsTokenSendsAndReadsNothingAViewersReadsAndSendsNothing() {
        String data = folder.resolve("data").toString();
        HttpApi sensor = with(data, "sensor");
        HttpApi viewer = with(data, "viewer");
        String read = "/api/events?channel=alerts";
        assertThat(sensor.postEve(Eve.alert(mark)).statusCode()).isEqualTo(200);
        assertThat(sensor.get(read).statusCode()).isEqualTo(403);
        assertThat(viewer.get(read).statusCode()).isEqualTo(200);
        assertThat(viewer.postEve(Eve.alert(mark)).statusCode()).isEqualTo(403);
        assertThat(viewer.get("/ws/connections").statusCode()).isEqualTo(403);
        try (Subscriber subscriber = Subscriber.open(viewer, "/ws")) {
            subscriber.send("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"audit\"}");
            assertThat(subscriber.next("error").path("code").asInt()).isEqualTo(103);
            subscriber.send("{\"type\":\"publish\",\"id\":2,\"channel\":\"alerts\",\"data\":{}}");
            assertThat(subscriber.next("error").path("code").asInt()).isEqualTo(103);
        }
    }

    private static HttpApi with(String data, String role) {
        Launch.Result token =
                Launch.of("token", "--name", "it", "--role", role, "--data", data).run();
        assertThat(token.exit()).as(token.err()).isZero();
        return new HttpApi(server.address(), token.out().strip());
    }

    /// The next event with this mark; those of other tests are passed over.
    private static JsonNode awaited(Subscriber subscriber, String mark) {
        while (true) {
            JsonNode event = subscriber.next("event");
            if (Eve.mark(event).equals(mark)) {
                return event;
            }
        }
    }

    private static String id(JsonNode event) {
        return event.path("data").path("id").asText();
    }

    private static List<Long> offsets(HttpResponse<String> answer) {
        List<Long> offsets = new ArrayList<>();
        HttpApi.json(answer)
                .path("offsets")
                .path("alerts")
                .forEach(one -> offsets.add(one.asLong()));
        return offsets;
    }
}
