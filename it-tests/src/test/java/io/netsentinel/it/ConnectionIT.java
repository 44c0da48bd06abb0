package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way into the server and every way not to get in: paths, who one is, subprotocols, limits.
final class ConnectionIT {
    private static final String PROXY = "X-Forwarded-For: ";
    private static final int PER_USER = 3;
    private static final int PER_ADDRESS = 2;
    private static final int SUBSCRIPTIONS = 2;
    private static final int FRAME = 4_096;

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;
    private static String viewer;
    private static LeanSocket stranger;

    private final List<LeanSocket> open = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server =
                ServerProcess.start(
                        Launch.of("serve", "--data", data.toString(), "--port", "0")
                                .environment(
                                        "NETSENTINEL_LIMITS_CONNECTIONS_PER_USER", "" + PER_USER)
                                .environment(
                                        "NETSENTINEL_LIMITS_CONNECTIONS_PER_ADDRESS",
                                        "" + PER_ADDRESS)
                                .environment("NETSENTINEL_LIMITS_SUBSCRIPTIONS", "" + SUBSCRIPTIONS)
                                .environment("NETSENTINEL_LIMITS_FRAME_SIZE", "4KiB")
                                .environment("NETSENTINEL_TRUSTED_PROXIES", "127.0.0.1")
                                .environment(
                                        "NETSENTINEL_ALLOWED_ORIGINS", "https://soc.example.org"),
                        folder.resolve("log"));
        admin = HttpApi.admin(server, data);
        viewer = LoadIT.token(data, "reader", "viewer");
        // its ten seconds run while the other tests do
        stranger = LeanSocket.open(server.port(), "/ws", List.of());
    }

    @AfterAll
    static void stop() {
        stranger.close();
        server.close();
    }

    @AfterEach
    void hangUp() {
        open.forEach(LeanSocket::close);
        Await.until("the connections are gone", () -> connections() == 0);
    }

    /// Of somebody who has said who they are; the stranger has not.
    private static long connections() {
        Stream.Builder<JsonNode> all = Stream.builder();
        HttpApi.json(admin.get("/ws/connections")).path("connections").forEach(all);
        return all.build().filter(one -> !one.path("user").asText("").isEmpty()).count();
    }

    private LeanSocket connect(String path, String... headers) throws IOException {
        LeanSocket socket = LeanSocket.open(server.port(), path, List.of(headers));
        socket.patience((int) Await.PATIENCE.toMillis());
        open.add(socket);
        return socket;
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static JsonNode next(LeanSocket socket, String type) throws IOException {
        while (true) {
            LeanSocket.Message frame = socket.read();
            if (frame.opcode() == LeanSocket.CLOSE) {
                throw new AssertionError("no " + type + ", closed with " + frame.closeCode());
            }
            JsonNode messages = HttpApi.parse(frame.text());
            for (JsonNode one : messages.isArray() ? messages : List.of(messages)) {
                if (one.path("type").asText().equals(type)) {
                    return one;
                }
            }
        }
    }

    private static int closeCode(LeanSocket socket) throws IOException {
        while (true) {
            LeanSocket.Message frame = socket.read();
            if (frame.opcode() == LeanSocket.CLOSE) {
                return frame.closeCode();
            }
        }
    }

    private int refused(String path, String... headers) {
        try {
            connect(path, headers);
            return 101;
        } catch (LeanSocket.RefusedException e) {
            return e.status();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    // ---- ways in

    @ParameterizedTest
    @ValueSource(strings = {"threats", "alerts", "system", "network", "packets"})
    void aChannelsPathSubscribesAndAnswersAtOnce(String channel) throws IOException {
        LeanSocket socket = connect("/ws/" + channel, bearer(viewer));
        assertThat(next(socket, "subscribed").path("channel").asText()).isEqualTo(channel);
        JsonNode connected = next(socket, "connected");
        assertThat(connected.path("user").asText()).isEqualTo("reader");
        assertThat(connected.path("session").asText()).isNotEmpty();
    }

    @Test
    void thePathsQuerySaysFromWhereAndWhat() throws IOException {
        for (int n = 1; n <= 3; n++) {
            publish("system", n);
        }
        LeanSocket socket =
                connect("/ws/system?offset=0&filter=n%20%3E%202&sub=mine", bearer(viewer));
        assertThat(next(socket, "subscribed").path("sub").asText()).isEqualTo("mine");
        assertThat(next(socket, "event").at("/data/n").asInt()).isEqualTo(3);
    }

    private void publish(String channel, int n) throws IOException {
        LeanSocket publisher = connect("/ws", bearer(admin.token()));
        publisher.text(
                "{\"type\":\"publish\",\"id\":1,\"channel\":\"%s\",\"data\":{\"n\":%d}}"
                        .formatted(channel, n));
        next(publisher, "published");
        publisher.close();
        Await.until("it is gone", () -> connections() == 0);
    }

    @Test
    void aTokenInTheFirstMessageIsEnough() throws IOException {
        LeanSocket socket = connect("/ws");
        socket.text("{\"type\":\"connect\",\"id\":1,\"token\":\"" + viewer + "\"}");
        assertThat(next(socket, "connected").path("user").asText()).isEqualTo("reader");
    }

    @Test
    void theHandshakesTokenCountsBeforeTheCookie() throws IOException {
        LeanSocket socket =
                connect("/ws/system", bearer(viewer), cookie(), origin("http://127.0.0.1:"));
        assertThat(next(socket, "connected").path("user").asText()).isEqualTo("reader");
    }

    @Test
    void aSessionsCookieCountsBesideAnAllowedOriginOnly() throws IOException {
        LeanSocket page = connect("/ws/system", cookie(), origin("http://127.0.0.1:"));
        assertThat(next(page, "connected").path("user").asText()).isEqualTo("admin");
        LeanSocket other = connect("/ws/system", cookie(), "Origin: https://soc.example.org");
        assertThat(next(other, "connected").path("user").asText()).isEqualTo("admin");
        // without an Origin it is as if there were none: who it is has to be said
        LeanSocket script = connect("/ws", cookie());
        script.text("{\"type\":\"connect\",\"id\":1,\"token\":\"" + viewer + "\"}");
        assertThat(next(script, "connected").path("user").asText()).isEqualTo("reader");
    }

    private static String cookie() {
        HttpResponse<String> login =
                new HttpApi(server.address(), "")
                        .post(
                                "/api/login",
                                "application/json",
                                "{\"username\":\"admin\",\"password\":\"" + password() + "\"}");
        String set = login.headers().firstValue("Set-Cookie").orElseThrow();
        return "Cookie: " + set.substring(0, set.indexOf(';'));
    }

    private static String password() {
        try {
            return Files.readString(folder.resolve("data/initial-admin-password")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String origin(String begin) {
        return "Origin: " + begin + server.port();
    }

    // ---- ways not to get in

    @Test
    void handshakesThatAreNotGoodAreAnsweredBeforeTheUpgrade() {
        String good = bearer(viewer);
        assertThat(refused("/ws", bearer("a.b.c"))).isEqualTo(401);
        assertThat(refused("/ws", bearer(viewer.substring(0, viewer.length() - 4) + "AAAA")))
                .isEqualTo(401);
        assertThat(refused("/ws", "Cookie: ns=nonsense", origin("http://127.0.0.1:")))
                .isEqualTo(401);
        assertThat(refused("/ws?token=" + viewer)).isEqualTo(400);
        assertThat(refused("/ws", good, "Origin: https://evil.example")).isEqualTo(403);
        assertThat(refused("/ws", good, "Origin: null")).isEqualTo(403);
        assertThat(refused("/ws/audit", good)).isEqualTo(403);
        assertThat(refused("/ws/nowhere", good)).isEqualTo(404);
        assertThat(refused("/ws/a/b", good)).isEqualTo(404);
        assertThat(refused("/ws/alerts?ofset=1", good)).isEqualTo(400);
        assertThat(refused("/ws/alerts?filter=severity%20%3E", good)).isEqualTo(400);
        assertThat(refused("/ws", good, "X-Forwarded-Host: evil.example")).isEqualTo(421);
    }

    @Test
    void onlyKnownSubprotocolsAreSpoken() throws IOException {
        String json = "netsentinel.v1.json";
        LeanSocket chosen =
                connect("/ws", bearer(viewer), "Sec-WebSocket-Protocol: other, " + json);
        assertThat(chosen.answer().lines())
                .anyMatch(line -> line.equalsIgnoreCase("Sec-WebSocket-Protocol: " + json));
        LeanSocket none = connect("/ws", bearer(viewer));
        assertThat(none.answer().toLowerCase(Locale.ROOT)).doesNotContain("sec-websocket-protocol");
        LeanSocket unknown = connect("/ws", bearer(viewer), "Sec-WebSocket-Protocol: chat");
        assertThat(closeCode(unknown)).isEqualTo(4506);
    }

    @Test
    void aBadTokenInTheFirstMessageEndsTheConnection() throws IOException {
        LeanSocket socket = connect("/ws");
        socket.text("{\"type\":\"connect\",\"id\":7,\"token\":\"a.b.c\"}");
        JsonNode error = next(socket, "error");
        assertThat(error.path("id").asInt()).isEqualTo(7);
        assertThat(error.path("code").asInt()).isEqualTo(101);
        assertThat(closeCode(socket)).isEqualTo(4500);
    }

    @Test
    void nothingButConnectIsAnsweredToAStranger() throws IOException {
        LeanSocket socket = connect("/ws");
        socket.text("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"alerts\"}");
        assertThat(next(socket, "error").path("code").asInt()).isEqualTo(101);
    }

    @Test
    void whoDoesNotSayWhoTheyAreInTenSecondsIsClosed() throws IOException {
        stranger.patience((int) Await.PATIENCE.toMillis());
        JsonNode farewell = next(stranger, "disconnect");
        assertThat(farewell.path("code").asInt()).isEqualTo(4502);
        assertThat(farewell.path("reconnect").asBoolean()).isFalse();
        assertThat(closeCode(stranger)).isEqualTo(4502);
    }

    // ---- limits

    @Test
    void aUserHasOnlySoManyConnections() throws IOException {
        for (int n = 0; n < PER_USER; n++) {
            next(connect("/ws/system", bearer(viewer)), "connected");
        }
        assertThat(closeCode(connect("/ws/system", bearer(viewer)))).isEqualTo(4504);
        next(connect("/ws/system", bearer(admin.token())), "connected");
    }

    @Test
    void anAddressHasOnlySoManyConnectionsAndAnotherIsNotTouched() throws IOException {
        for (int n = 0; n < PER_ADDRESS; n++) {
            next(connect("/ws/system", bearer(viewer), PROXY + "203.0.113.5"), "connected");
        }
        assertThat(refused("/ws/system", bearer(viewer), PROXY + "203.0.113.5")).isEqualTo(429);
        next(connect("/ws/system", bearer(viewer), PROXY + "203.0.113.6"), "connected");
    }

    @Test
    void aConnectionHasOnlySoManySubscriptions() throws IOException {
        LeanSocket socket = connect("/ws", bearer(viewer));
        for (int n = 0; n < SUBSCRIPTIONS; n++) {
            socket.text(subscribe(n));
            next(socket, "subscribed");
        }
        socket.text(subscribe(SUBSCRIPTIONS));
        assertThat(next(socket, "error").path("code").asInt()).isEqualTo(106);
        for (int n = 1; n <= 16; n++) {
            socket.text(subscribe(SUBSCRIPTIONS + n));
        }
        assertThat(closeCode(socket)).isEqualTo(4505);
    }

    private static String subscribe(int n) {
        return "{\"type\":\"subscribe\",\"id\":%d,\"channel\":\"alerts\",\"sub\":\"s%d\"}"
                .formatted(n, n);
    }

    @Test
    void aMessageAboveTheLimitIsClosed() throws IOException {
        LeanSocket socket = connect("/ws", bearer(viewer));
        String pong = "{\"type\":\"pong\",\"time\":1,\"id\":1}";
        socket.text(pong + " ".repeat(FRAME - pong.length()));
        socket.text("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"alerts\"}");
        next(socket, "subscribed");
        socket.text(pong + " ".repeat(FRAME));
        assertThat(closeCode(socket)).isEqualTo(1009);
    }
}
