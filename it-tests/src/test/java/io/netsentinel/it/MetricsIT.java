package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` and `/ws/stats` say is what was done.
final class MetricsIT {
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "[a-z_:][a-z0-9_:]*(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? -?[0-9.E-]+");

    private static final int BROWSERS = 50;
    private static final int ROUNDS = 8;
    private static final int ROUND = 25;

    @TempDir private Path folder;

    @Test
    void figuresAgreeWithWhatWasDone() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            assertThat(admin.postEve(Eve.alert("one").repeat(7)).statusCode()).isEqualTo(200);
            HttpResponse<String> answer = admin.get("/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            Map<String, Double> samples = samples(answer.body());
            assertThat(samples.get("netsentinel_channel_offset{channel=\"alerts\"}")).isEqualTo(7);
            assertThat(samples.get("netsentinel_log_writable")).isEqualTo(1);
            assertThat(samples.get("netsentinel_connections")).isZero();
            assertThat(samples.get("process_cpu_seconds_total")).isPositive();
            assertThat(samples)
                    .containsKey("netsentinel_detector_findings_total{detector=\"scan\"}");

            JsonNode stats = HttpApi.json(admin.get("/ws/stats"));
            assertThat(stats.path("connections").path("open").asInt(-1)).isZero();
            assertThat(stats.path("log").path("events").asLong()).isGreaterThanOrEqualTo(7);
            assertThat(new HttpApi(server.address(), "").get("/metrics").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void theTimeFromCommitToSocketIsTakenOfLiveEventsAndNotOfHistory() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            HttpApi.json(admin.postEve(Eve.alerts("old", 0, 20)));
            try (Subscriber live = Subscriber.open(admin, "/ws/alerts?last=20")) {
                live.events(20);
                assertThat(delivered(admin)).as("history is not late").isZero();
                HttpApi.json(admin.postEve(Eve.alerts("new", 0, 1)));
                live.events(1);
            }
            Await.until("the write was counted", () -> delivered(admin) == 1);
            Map<String, Double> samples = samples(admin.get("/metrics").body());
            assertThat(samples.get("netsentinel_delivery_seconds_bucket{le=\"+Inf\"}")).isOne();
            assertThat(samples.get("netsentinel_delivery_seconds_bucket{le=\"60.0\"}")).isOne();
            assertThat(samples.get("netsentinel_delivery_seconds_sum")).isLessThan(60);
            assertThat(admin.get("/metrics").body())
                    .contains("# TYPE netsentinel_delivery_seconds histogram");
            assertThat(admin.get("/api/figures").body())
                    .contains("netsentinel_delivery_seconds_bucket");
        }
    }

    @Test
    void whatWasDeliveredRefusedAndEndedIsCounted() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            HttpApi.json(admin.postEve(Eve.alerts("one", 0, 20)));
            try (Subscriber first = Subscriber.open(admin, "/ws/alerts?last=20");
                    Subscriber second = Subscriber.open(admin, "/ws/alerts?last=20")) {
                first.events(20);
                second.events(20);
                first.send("{\"type\":\"pong\",\"time\":%d}".formatted(System.currentTimeMillis()));
                Await.until(
                        "the round trip is counted",
                        () -> figure(admin, "netsentinel_client_round_trip_seconds_count") == 1);
            }
            assertThatThrownBy(() -> Subscriber.open(admin, "/ws/alerts?last=many"))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            Await.until(
                    "both have ended",
                    () -> figure(admin, "netsentinel_connection_seconds_count") == 2);
            Map<String, Double> samples = samples(admin.get("/metrics").body());
            assertThat(samples.get("netsentinel_delivered_events_total{channel=\"alerts\"}"))
                    .isEqualTo(40);
            assertThat(samples.get("netsentinel_encoded_events_total")).isBetween(20.0, 40.0);
            assertThat(samples.get("netsentinel_delivered_frames_total")).isBetween(2.0, 40.0);
            assertThat(samples.get("netsentinel_connections_refused_total{status=\"400\"}"))
                    .isOne();
            assertThat(samples.get("netsentinel_gap_events_total{reason=\"lost\"}")).isZero();
            assertThat(samples).containsKey("jvm_virtual_threads_mounted");
            JsonNode stats = HttpApi.json(admin.get("/ws/stats"));
            assertThat(stats.at("/streams/delivered").asLong()).isEqualTo(40);
            assertThat(stats.at("/connections/refused/400").asLong()).isEqualTo(1);
        }
    }

    @Test
    void trafficIsToldByUserAndFormatAndThatOfUsersToAdministratorsOnly() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            HttpApi.json(admin.postEve(Eve.alerts("one", 0, 3)));
            HttpApi ann = Tokens.issue(server, data, "ann", "analyst");
            HttpApi bob = Tokens.issue(server, data, "bob", "viewer");
            int ofAnn = messages(ann);
            int ofBob = messages(bob) + messages(bob);
            Await.until(
                    "all have ended",
                    () -> figure(admin, "netsentinel_connection_seconds_count") == 3);

            Map<String, Double> samples = samples(admin.get("/metrics").body());
            assertThat(
                            samples.get(
                                    "netsentinel_user_messages_total{user=\"ann\",direction=\"out\"}"))
                    .isEqualTo(ofAnn);
            assertThat(
                            samples.get(
                                    "netsentinel_user_messages_total{user=\"bob\",direction=\"out\"}"))
                    .isEqualTo(ofBob);
            assertThat(
                            samples.get(
                                    "netsentinel_format_messages_total{format=\"json\",direction=\"out\"}"))
                    .isEqualTo(ofAnn + ofBob)
                    .isEqualTo(samples.get("netsentinel_messages_total{direction=\"out\"}"));
            assertThat(HttpApi.json(admin.get("/ws/stats")).at("/users/1").toString())
                    .contains("\"user\":\"bob\"", "\"opened\":2", "\"messagesOut\":" + ofBob);

            assertThat(ann.get("/metrics").body())
                    .contains("netsentinel_format_messages_total")
                    .doesNotContain("netsentinel_user_", "bob");
            assertThat(admin.get("/api/figures").body()).contains("netsentinel_user_bytes_total");
            assertThat(bob.get("/api/figures").body()).doesNotContain("netsentinel_user_");
            String past = "/api/figures?from=-1m&name=netsentinel_user_bytes_total";
            Await.until("a sample is kept", () -> admin.get(past).body().contains("\"bob\""));
            assertThat(bob.get(past).body()).contains("\"series\":[]");
        }
    }

    /// @return how many messages came until the newest event did
    private static int messages(HttpApi who) {
        try (Subscriber reader = Subscriber.open(who, "/ws/alerts?last=1")) {
            int messages = 1;
            while (!reader.next().path("type").asText().equals("event")) {
                messages++;
            }
            return messages;
        }
    }

    @Test
    void browsersTellWhenAnAlertCouldBeSeen() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            try (Subscriber page = Subscriber.open(admin, "/ws")) {
                page.send(painted("[12,80,700]"));
                page.next("result");
                for (String wrong :
                        new String[] {"[]", "[1.5]", "[-1]", "[3600001]", "7", "[\"1\"]"}) {
                    page.send(painted(wrong));
                    JsonNode refusal = page.next("error");
                    assertThat(refusal.path("code").asInt()).as(wrong).isEqualTo(107);
                    assertThat(refusal.path("field").asText()).isEqualTo("params.millis");
                }
            }
            Map<String, Double> samples = samples(admin.get("/metrics").body());
            assertThat(samples.get("netsentinel_screen_seconds_count")).isEqualTo(3);
            assertThat(samples.get("netsentinel_screen_seconds_bucket{le=\"0.1\"}")).isEqualTo(2);
        }
    }

    private static String painted(String millis) {
        return """
        {"type":"call","id":1,"method":"dashboard.painted","params":{"millis":%s}}\
        """
                .formatted(millis);
    }

    /// Fifty browsers of people with different roles: half of them show the table, half the feed.
    @Test
    void aRowIsRenderedOnceForEachWayToShowItHoweverManyBrowsersWatch() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            List<HttpApi> people =
                    List.of(
                            admin,
                            Tokens.issue(server, data, "ann", "analyst"),
                            Tokens.issue(server, data, "vera", "viewer"));
            List<Subscriber> browsers = new ArrayList<>();
            try {
                for (int n = 0; n < BROWSERS; n++) {
                    Subscriber browser = Subscriber.open(people.get(n % people.size()), "/ws");
                    browsers.add(browser);
                    browser.send(
                            "{\"type\":\"subscribe\",\"channel\":\"alerts\",\"format\":\"html:%s\"}"
                                    .formatted(n % 2 == 0 ? "alert" : "feed"));
                    browser.next("subscribed");
                }
                assertThat(figure(admin, "netsentinel_views")).isEqualTo(2);
                for (int n = 0; n < ROUNDS; n++) {
                    HttpApi.json(admin.postEve(Eve.alerts("round-" + n, 0, ROUND)));
                }
                Map<String, Set<String>> rows = new HashMap<>();
                for (int n = 0; n < BROWSERS; n++) {
                    String of = n % 2 == 0 ? "alert " : "feed ";
                    for (JsonNode event : browsers.get(n).events(ROUNDS * ROUND)) {
                        rows.computeIfAbsent(of + event.path("offset"), _ -> new HashSet<>())
                                .add(event.path("html").asText());
                    }
                }
                assertThat(rows).hasSize(2 * ROUNDS * ROUND);
                assertThat(rows.values())
                        .as("everybody gets the same row, with something in it")
                        .allMatch(same -> same.size() == 1 && !same.contains(""));
                assertThat(figure(admin, "netsentinel_encoded_events_total"))
                        .isEqualTo(2 * ROUNDS * ROUND);
                assertThat(figure(admin, "netsentinel_delivered_events_total{channel=\"alerts\"}"))
                        .isEqualTo(BROWSERS * ROUNDS * ROUND);
            } finally {
                browsers.forEach(Subscriber::close);
            }
        }
    }

    private static double figure(HttpApi admin, String name) {
        return samples(admin.get("/metrics").body()).getOrDefault(name, -1.0);
    }

    private static double delivered(HttpApi admin) {
        return figure(admin, "netsentinel_delivery_seconds_count");
    }

    @Test
    void withoutStatisticsNothingIsKeptAndTheOtherFiguresAreTold() {
        Path data = folder.resolve("data");
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", "0")
                        .environment("NETSENTINEL_STATISTICS_ENABLED", "false");
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("off.log"))) {
            HttpApi admin = HttpApi.admin(server, data);
            assertThat(delivered(admin)).isEqualTo(-1);
            assertThat(samples(admin.get("/metrics").body()).get("netsentinel_log_writable"))
                    .isOne();
            String query = "/api/figures?name=netsentinel_log_writable&from=-1h";
            assertThat(values(admin.get(query).body())).isEmpty();
        }
    }

    @Test
    void theFiguresOfThePastAreThereAfterARestart() {
        String query = "/api/figures?name=process_start_time_seconds&from=-1h&points=2000";
        Path data = folder.resolve("data");
        HttpApi admin;
        double first;
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            admin = HttpApi.admin(server, data);
            HttpApi asked = admin;
            Await.until("a sample is kept", () -> !values(asked.get(query).body()).isEmpty());
            first = values(admin.get(query).body()).getFirst();
            assertThat(admin.get("/api/figures").body())
                    .contains("{\"name\":\"netsentinel_log_events_total\",\"kind\":\"counter\"}");
            assertThat(admin.get("/api/figures?name=x&from=yesterday").statusCode()).isEqualTo(400);
            assertThat(admin.get("/api/figures?name=x&from=yesterday").body())
                    .contains("from: \\\"yesterday\\\" is no time: expected ISO 8601, or -90s");
            assertThat(new HttpApi(server.address(), "").get("/api/figures").statusCode())
                    .isEqualTo(401);
            // a sample is not worth waiting for the disk: a kill may take the newest one
            server.terminate();
            assertThat(server.awaitExit()).isZero();
        }
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi again = admin.at(server);
            double second =
                    Objects.requireNonNull(
                            samples(again.get("/metrics").body())
                                    .get("process_start_time_seconds"));
            assertThat(second).isGreaterThan(first);
            assertThat(values(again.get(query).body())).anyMatch(value -> value < second);
        }
    }

    private static List<Double> values(String answer) {
        List<Double> values = new ArrayList<>();
        try {
            for (JsonNode value :
                    new ObjectMapper().readTree(answer).path("series").path(0).path("values")) {
                if (value.isNumber()) {
                    values.add(value.doubleValue());
                }
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer, e);
        }
        return values;
    }

    /// Every line is a comment or a sample, as Prometheus reads it.
    private static Map<String, Double> samples(String text) {
        Map<String, Double> samples = new HashMap<>();
        List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
        for (String line : lines) {
            assertThat(line).matches(SAMPLE);
            int space = line.lastIndexOf(' ');
            samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        }
        return samples;
    }
}
