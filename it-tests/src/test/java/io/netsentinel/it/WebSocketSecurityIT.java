package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stranger, a page of another origin and a token that is not good come to at the WebSocket,
/// seen from outside. Together with [RowLeakIT] (rows) and [HostileClientsIT] (floods) the suite of
/// WebSocket security.
final class WebSocketSecurityIT {
    private static final String OPEN = "{\"type\":\"connect\",\"id\":1}";

    @TempDir private static Path folder;
    private static Path data;
    private static ServerProcess server;
    private static HttpApi viewer;
    private static RawHttp raw;

    @BeforeAll
    static void start() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.serve(data, 0);
        viewer = Tokens.issue(server, data, "visitor", "viewer");
        raw = new RawHttp(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    @Test
    void onlyPagesOfThisServerMayConnectWhateverTheyCarry() {
        String own = "http://127.0.0.1:" + server.port();
        String token = bearer(viewer.token());
        assertThat(raw.upgrade("/ws", token)).isEqualTo(101);
        assertThat(raw.upgrade("/ws", token, "Origin: " + own)).isEqualTo(101);
        for (String foreign :
                List.of(
                        "null",
                        "http://evil.example",
                        own + ".evil.example",
                        "https://127.0.0.1:" + server.port(),
                        "http://127.0.0.1",
                        "http://127.0.0.1:1",
                        "http://evil.example/" + own,
                        own + "@evil.example",
                        "http://localhost.evil.example:" + server.port())) {
            assertThat(raw.upgrade("/ws", token, "Origin: " + foreign)).as(foreign).isEqualTo(403);
        }
        assertThat(raw.upgrade("/ws", token, "Origin: " + own, "Origin: http://evil.example"))
                .isEqualTo(400);
    }

    @Test
    void aTokenDoesNotBelongIntoAnAddress() {
        for (String name : List.of("token", "access_token", "jwt")) {
            assertThat(raw.upgrade("/ws?" + name + "=" + viewer.token())).as(name).isEqualTo(400);
        }
        assertThat(server.log()).doesNotContain(viewer.token());
    }

    @Test
    void noChangedTokenIsAccepted() {
        String[] parts = viewer.token().split("\\.", -1);
        String header = decoded(parts[0]);
        String claims = decoded(parts[1]);
        List<String> changed =
                new ArrayList<>(
                        List.of(
                                "",
                                "x",
                                parts[0] + "." + parts[1],
                                parts[0] + "." + parts[1] + ".",
                                viewer.token() + "." + parts[2],
                                join(header.replace("HS256", "none"), claims, ""),
                                join(header.replace("HS256", "none"), claims, parts[2]),
                                join(header.replace("HS256", "HS512"), claims, parts[2]),
                                join(header.replace("at+jwt", "JWT"), claims, parts[2]),
                                join(header.replace("{", "{\"crit\":[],"), claims, parts[2]),
                                join(
                                        header.replace("{", "{\"jku\":\"http://127.0.0.1\","),
                                        claims,
                                        parts[2]),
                                join(header, claims.replace("viewer", "admin"), parts[2]),
                                join(header, claims.replace("\"exp\":1", "\"exp\":9"), parts[2]),
                                parts[0] + "." + parts[1] + "." + reversed(parts[2])));
        for (String token : changed) {
            assertThat(raw.upgrade("/ws", bearer(token))).as(token).isEqualTo(401);
            if (!token.isEmpty()) {
                try (Subscriber first = Subscriber.open(new HttpApi(server.address(), ""), "/ws")) {
                    first.send("{\"type\":\"connect\",\"id\":1,\"token\":\"%s\"}".formatted(token));
                    assertThat(first.next("error").path("code").asInt()).isEqualTo(101);
                    first.next("disconnect");
                    assertThat(first.closeCode()).isEqualTo(4500);
                }
            }
        }
        assertThat(raw.upgrade("/ws", bearer(viewer.token()))).isEqualTo(101);
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String join(String header, String claims, String signature) {
        return encoded(header) + "." + encoded(claims) + "." + signature;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Test
    void aTokenOfSomeChannelsReachesNoOtherByNamePathOrPattern() {
        HttpApi narrow =
                Tokens.issue(
                        server,
                        data,
                        "narrow",
                        "viewer",
                        "--channels",
                        "network:subscribe+history,lab.*:subscribe");
        assertThat(raw.upgrade("/ws/alerts", bearer(narrow.token()))).isEqualTo(403);
        assertThat(narrow.get("/api/events?channel=alerts").statusCode()).isEqualTo(403);
        assertThat(narrow.get("/api/alerts").statusCode()).isEqualTo(403);
        assertThat(narrow.get("/alerts").statusCode()).isEqualTo(403);
        try (Subscriber subscriber = Subscriber.open(narrow, "/ws")) {
            subscriber.send(OPEN);
            JsonNode connected = subscriber.next("connected");
            assertThat(connected.path("channels").findValuesAsText("name"))
                    .containsExactly("network");
            subscriber.send("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"**\",\"last\":1}");
            JsonNode only = subscriber.next("subscribed");
            assertThat(only.path("channel").asText()).isEqualTo("network");
            assertThat(only.path("channels").asInt()).isEqualTo(1);
            for (String channel : List.of("alerts", "audit", "threats", "lab", "lab.a.b")) {
                subscriber.send(
                        "{\"type\":\"subscribe\",\"id\":3,\"channel\":\"%s\"}".formatted(channel));
                assertThat(subscriber.next("error").path("code").asInt())
                        .as(channel)
                        .isEqualTo(103);
            }
        }
    }

    @Test
    void aTokenThatEndsIsAnnouncedAndMayBeReplacedOnTheOpenSocket() {
        HttpApi later = Tokens.issue(server, data, "brief", "viewer", "--ttl", "2h");
        HttpApi brief = Tokens.issue(server, data, "brief", "viewer", "--ttl", "40s");
        try (Subscriber subscriber = Subscriber.open(brief, "/ws")) {
            assertThat(subscriber.next("expiring").path("ttl").asInt()).isBetween(0, 40);
            subscriber.send(
                    "{\"type\":\"refresh\",\"id\":1,\"token\":\"%s\"}".formatted(viewer.token()));
            assertThat(subscriber.next("error").path("code").asInt()).isEqualTo(103);
            subscriber.send(
                    "{\"type\":\"refresh\",\"id\":2,\"token\":\"%s\"}".formatted(later.token()));
            assertThat(subscriber.next("refreshed").path("exp").asLong())
                    .isGreaterThan(System.currentTimeMillis() / 1_000 + 3_000);
        }
    }

    @Test
    void revokingDisablingAndAnotherRoleActOnOpenSocketsWithinASecond() {
        HttpApi token = Tokens.issue(server, data, "revoked", "viewer");
        cli("user", "add", "ada", "--role", "analyst");
        HttpApi ada = user("ada");
        try (Subscriber byToken = Subscriber.open(token, "/ws/alerts");
                Subscriber byUser = Subscriber.open(ada, "/ws/alerts")) {
            byToken.next("connected");
            byUser.next("connected");
            String id =
                    cli("token", "list")
                            .lines()
                            .filter(line -> line.contains("revoked"))
                            .map(line -> line.split("\\s+", -1)[0])
                            .findFirst()
                            .orElseThrow();
            cli("user", "role", "ada", "--role", "viewer");
            ended(byUser, 4014);
            cli("token", "revoke", id);
            ended(byToken, 4508);
        }
        assertThat(raw.upgrade("/ws", bearer(token.token()))).isEqualTo(401);
        try (Subscriber again = Subscriber.open(ada, "/ws/alerts")) {
            again.next("connected");
            cli("user", "disable", "ada");
            ended(again, 4508);
        }
        assertThat(raw.upgrade("/ws", bearer(ada.token()))).isEqualTo(401);
    }

    /// The command has come back, so the server has acted: the close is on its way.
    private static void ended(Subscriber subscriber, int code) {
        long since = System.nanoTime();
        assertThat(subscriber.next("disconnect").path("code").asInt()).isEqualTo(code);
        assertThat(subscriber.closeCode()).isEqualTo(code);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
    }

    private static HttpApi user(String name) {
        String told = cli("user", "password", name);
        String first = told.strip().substring(told.strip().lastIndexOf(' ') + 1);
        String login = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, first);
        JsonNode answer =
                HttpApi.json(
                        HttpApi.send(
                                HttpRequest.newBuilder(server.address().resolve("/api/login"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(login))
                                        .build()));
        return new HttpApi(server.address(), answer.path("token").asText());
    }

    private static String cli(String... words) {
        Launch.Result result = Launch.of(words).with("--data", data.toString()).run();
        assertThat(result.exit()).as("%s: %s", List.of(words), result.err()).isZero();
        return result.out();
    }

    @Test
    void aFloodOfCommandsIsToldToWaitAndThenClosed() {
        try (HostileClient client = HostileClient.open(viewer, "/ws")) {
            Thread flood =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 5_000; i++) {
                                    if (!client.send(
                                            "{\"type\":\"unsubscribe\",\"id\":1,\"sub\":\"x\"}")) {
                                        return;
                                    }
                                }
                            });
            assertThat(client.closeCode().orElse(4013)).isIn(4013, 4509);
            flood.interrupt();
        }
    }
}
