package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.spi.Codec;
import io.netsentinel.channels.spi.RecordView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every close code the server uses is made here, by its name.
final class CloseCodesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path directory;
    private StreamFixture at;

    @AfterEach
    void close() {
        at.close();
    }

    private StreamFixture open() {
        return open(StreamFixture.Options.defaults());
    }

    private StreamFixture open(StreamFixture.Options options) {
        at = new StreamFixture(directory, options);
        return at;
    }

    private static StreamFixture.Options timing(
            Duration identity, Duration ping, Duration pong, Duration write) {
        ProtocolSettings.Timing usual = ProtocolSettings.Timing.defaults();
        return StreamFixture.Options.defaults()
                .with(
                        new ProtocolSettings.Timing(
                                identity, ping, pong, write, usual.expiring(), usual.grace()));
    }

    private static StreamFixture.Options limits(
            int subscriptions, int commands, int rate, int perAddress, int perUser) {
        ProtocolSettings.Limits usual = ProtocolSettings.Limits.defaults();
        return StreamFixture.Options.defaults()
                .with(
                        new ProtocolSettings.Limits(
                                usual.frameSize(),
                                subscriptions,
                                commands,
                                rate,
                                perAddress,
                                perUser,
                                perUser * 2,
                                2,
                                List.of("192.0.2.0/24")));
    }

    @Test
    void drain_4001_comesWithAPlaceToGoOnFromForEveryConnection() {
        open();
        at.publish("network", "{}", 3);
        StreamClient one = at.as(Role.VIEWER);
        StreamClient two = at.connect("/ws");
        one.ask("subscribe", "'channel':'network','offset':1");
        one.events(2);
        at.server.drain(Duration.ofSeconds(5));
        JsonNode disconnect = one.await("disconnect");
        assertThat(disconnect.path("code").asInt()).isEqualTo(4001);
        assertThat(disconnect.path("reason").asText()).isNotEmpty();
        assertThat(disconnect.path("reconnect").asBoolean()).isTrue();
        assertThat(disconnect.path("retry").get(0).asLong())
                .isLessThan(disconnect.path("retry").get(1).asLong());
        assertThat(disconnect.path("pos").toString())
                .isEqualTo("{\"network\":{\"network\":[3,3]}}");
        assertThat(one.closeCode()).isEqualTo(CloseCode.DRAIN.number());
        assertThat(two.closedWith()).isEqualTo(CloseCode.DRAIN);
    }

    @Test
    void internal_4004() {
        Codec broken =
                new Codec() {
                    @Override
                    public String member() {
                        return "html";
                    }

                    @Override
                    public boolean supports(String format) {
                        return format.equals("html:broken");
                    }

                    @Override
                    public byte[] encode(RecordView record, String format) {
                        throw new AssertionError("broken on purpose");
                    }
                };
        open(StreamFixture.Options.defaults().with(broken));
        StreamClient client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'network','format':'html:broken'");
        at.publish("network", "{}");
        assertThat(client.closedWith()).isEqualTo(CloseCode.INTERNAL);
    }

    @Test
    void tokenExpired_4005_afterAWarningAndAGrace() {
        open(timing(LONG, SHORT, LONG, LONG));
        String token = at.token("short", Role.VIEWER, Duration.ofMinutes(10));
        StreamClient client = at.connect("/ws", "Authorization", "Bearer " + token);
        client.ask("connect", "");
        at.clock.forward(Duration.ofMinutes(9).plusSeconds(30));
        assertThat(client.await("expiring").path("ttl").asInt()).isBetween(1, 30);
        at.clock.forward(Duration.ofSeconds(40));
        assertThat(client.refused("subscribe", "'channel':'alerts'"))
                .isEqualTo(ErrorCode.TOKEN_EXPIRED.number());
        at.clock.forward(Duration.ofSeconds(20));
        assertThat(client.closedWith()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    }

    @Test
    void tokenExpired_4005_forATokenThatIsOverAlready() {
        open();
        String token = at.token("short", Role.VIEWER, Duration.ofMinutes(1));
        at.clock.forward(Duration.ofMinutes(10));
        StreamClient client = at.connect("/ws");
        assertThat(client.refused("connect", "'token':'" + token + "'"))
                .isEqualTo(ErrorCode.TOKEN_EXPIRED.number());
        assertThat(client.closedWith()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    }

    @Test
    void aRefreshInTheGraceKeepsTheConnection() {
        open(timing(LONG, SHORT, LONG, LONG));
        String token = at.token("short", Role.VIEWER, Duration.ofMinutes(10));
        StreamClient client = at.connect("/ws", "Authorization", "Bearer " + token);
        at.clock.forward(Duration.ofMinutes(10).plusSeconds(5));
        client.await("expiring");
        String next = at.token("short", Role.VIEWER, Duration.ofMinutes(10));
        client.ask("refresh", "'token':'" + next + "'");
        at.clock.forward(Duration.ofMinutes(5));
        client.await("ping");
        assertThat(client.ask("subscribe", "'channel':'alerts'").path("type").asText())
                .isEqualTo("subscribed");
    }

    @Test
    void writeBlocked_4008() throws Exception {
        open(timing(LONG, LONG, LONG, SHORT));
        try (RawStream blocked =
                new RawStream(at.server.port(), "/ws/network", at.token(Role.VIEWER))) {
            blocked.await(RawStream.Frame.TEXT);
            at.publish("network", "{\"text\":\"" + "x".repeat(2_000) + "\"}", 2_000);
            Connections connections = at.server.connections().orElseThrow();
            while (connections.ended().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(connections.ended()).containsOnlyKeys(CloseCode.WRITE_BLOCKED.number());
        }
    }

    @Test
    void noPong_4012() throws Exception {
        open(timing(LONG, SHORT, SHORT, LONG));
        try (RawStream silent = new RawStream(at.server.port(), "/ws", at.token(Role.VIEWER));
                StreamClient lively = at.as(Role.VIEWER)) {
            silent.await(RawStream.Frame.PING);
            assertThat(silent.await(RawStream.Frame.CLOSE).closeCode())
                    .isEqualTo(CloseCode.NO_PONG.number());
            lively.await("ping");
            lively.await("ping");
            assertThat(lively.ask("history", "'channel':'alerts'").path("type").asText())
                    .isEqualTo("history");
        }
    }

    @Test
    void noPong_4012_alsoWhenPingsComeFasterThanThePatienceEnds() throws Exception {
        open(timing(LONG, SHORT.dividedBy(3), SHORT, LONG));
        try (RawStream silent = new RawStream(at.server.port(), "/ws", at.token(Role.VIEWER))) {
            assertThat(silent.await(RawStream.Frame.CLOSE).closeCode())
                    .isEqualTo(CloseCode.NO_PONG.number());
        }
    }

    @Test
    void tooManyRequests_4013() {
        open(limits(10, 5, 1_000, 1_000, 1_000));
        StreamClient client = at.as(Role.VIEWER);
        client.flood(200, "unsubscribe", "'sub':'x'");
        JsonNode refused = client.await(m -> m.path("code").asInt() == 111);
        assertThat(refused.path("temporary").asBoolean()).isTrue();
        assertThat(refused.path("retryMs").asLong()).isBetween(0L, 200L);
        assertThat(client.closedWith()).isEqualTo(CloseCode.TOO_MANY_REQUESTS);
    }

    @Test
    void accessChanged_4014() {
        open();
        StreamClient client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'network'");
        String less = at.token(Role.VIEWER, "alerts");
        client.send("refresh", "'token':'" + less + "'");
        assertThat(client.closedWith()).isEqualTo(CloseCode.ACCESS_CHANGED);
    }

    @Test
    void invalidToken_4500() {
        open();
        StreamClient client = at.connect("/ws");
        assertThat(client.refused("connect", "'token':'nonsense'"))
                .isEqualTo(ErrorCode.UNAUTHORIZED.number());
        assertThat(client.closedWith()).isEqualTo(CloseCode.INVALID_TOKEN);
    }

    @Test
    void protocolError_4501_forWhateverIsNotAFrameOfTheProtocol() {
        open();
        List<String> malformed =
                List.of(
                        "",
                        "hello",
                        "7",
                        "[1]",
                        "{\"type\":\"connect\"",
                        "{\"type\":\"connect\"} {}",
                        "{\"type\":\"connect\",\"type\":\"connect\"}",
                        "{\"type\":\"publish\",\"data\":{\"a\":1,\"a\":2}}",
                        "{\"id\":1}",
                        "{\"type\":1,\"id\":1}",
                        "{\"type\":\"connect\",\"id\":\"1\"}",
                        "{\"type\":\"connect\",\"id\":1.5}",
                        "{\"type\":\"connect\",\"id\":99999999999999999999}",
                        "{\"type\":\"connect\",\"n\":1" + "0".repeat(101) + "}",
                        "{\"type\":\"publish\",\"data\":" + "[".repeat(10_000) + "]}",
                        "{\"type\":\"publish\",\"data\":"
                                + "{\"a\":".repeat(40)
                                + "1"
                                + "}".repeat(41));
        for (String frame : malformed) {
            StreamClient client = at.as(Role.VIEWER);
            client.raw(frame);
            assertThat(client.await("error").path("code").asInt())
                    .as(frame)
                    .isEqualTo(ErrorCode.BAD_REQUEST.number());
            assertThat(client.closedWith()).as(frame).isEqualTo(CloseCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void noIdentity_4502() {
        open(timing(SHORT, LONG, LONG, LONG));
        assertThat(at.connect("/ws").closedWith()).isEqualTo(CloseCode.NO_IDENTITY);
    }

    @Test
    void kicked_4503() {
        open();
        StreamClient client = at.as(Role.VIEWER);
        String id = client.ask("connect", "").path("session").asText();
        assertThat(at.server.connections().orElseThrow().close(id)).isTrue();
        assertThat(client.closedWith()).isEqualTo(CloseCode.KICKED);
    }

    @Test
    void connectionLimit_4504_perUser() {
        open(limits(10, 50, 1_000, 1_000, 2));
        at.as(Role.VIEWER);
        at.as(Role.VIEWER);
        assertThat(at.as(Role.VIEWER).closedWith()).isEqualTo(CloseCode.CONNECTION_LIMIT);
        assertThat(at.as(Role.ANALYST).ask("connect", "").path("type").asText())
                .isEqualTo("connected");
    }

    @Test
    void subscriptionLimit_4505_afterMany106() {
        open(limits(2, 50, 1_000, 1_000, 1_000));
        StreamClient client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'network'");
        client.ask("subscribe", "'channel':'alerts'");
        assertThat(client.refused("subscribe", "'channel':'system'"))
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED.number());
        client.flood(20, "subscribe", "'channel':'system'");
        assertThat(client.closedWith()).isEqualTo(CloseCode.SUBSCRIPTION_LIMIT);
    }

    @Test
    void unsupportedSubprotocol_4506() {
        open();
        StreamClient client =
                StreamClient.connect(
                        at.server.port(),
                        "/ws",
                        List.of("netsentinel.v2.json"),
                        "Authorization",
                        "Bearer " + at.token(Role.VIEWER));
        assertThat(client.closedWith()).isEqualTo(CloseCode.UNSUPPORTED_SUBPROTOCOL);
    }

    @Test
    void forbidden_4507_forAPathThatIsNotPermitted() {
        open();
        StreamClient client = at.connect("/ws/audit");
        client.send("connect", "'token':'" + at.token(Role.VIEWER) + "'");
        assertThat(client.await("error").path("code").asInt())
                .isEqualTo(ErrorCode.PERMISSION_DENIED.number());
        assertThat(client.closedWith()).isEqualTo(CloseCode.FORBIDDEN);
    }

    @Test
    void revoked_4508() {
        open();
        StreamClient other = at.as(Role.ANALYST);
        StreamClient client = at.as(Role.VIEWER);
        client.ask("connect", "");
        at.auth.tokens().list().stream()
                .filter(token -> token.name().equals("the-viewer"))
                .forEach(token -> at.auth.tokens().revoke(token.id()));
        assertThat(client.closedWith()).isEqualTo(CloseCode.REVOKED);
        assertThat(other.ask("connect", "").path("type").asText()).isEqualTo("connected");
    }

    @Test
    void tooManyErrors_4509() {
        open();
        StreamClient client = at.as(Role.ADMIN);
        client.flood(120, "dance", "");
        assertThat(client.closedWith()).isEqualTo(CloseCode.TOO_MANY_ERRORS);
    }

    @Test
    void binaryFrames_1003_andLargeOnes_1009() {
        open();
        StreamClient binary = at.as(Role.VIEWER);
        binary.binary(new byte[] {1});
        assertThat(binary.closeCode()).isEqualTo(1003);
        StreamClient large = at.as(Role.VIEWER);
        large.raw("{\"type\":\"" + "x".repeat(64 << 10) + "\"}");
        assertThat(large.closeCode()).isEqualTo(1009);
    }

    @Test
    void handshakesAboveALimitAreRefused_429_503() {
        open(limits(10, 50, 3, 2, 2));
        int port = at.server.port();
        StreamClient one = at.connect("/ws");
        StreamClient two = at.connect("/ws");
        assertThat(StreamClient.refusal(port, "/ws")).isEqualTo(429);
        assertThat(StreamClient.refusal(port, "/ws")).isEqualTo(429);
        one.close();
        two.close();
    }

    @Test
    void handshakesAboveTheServersLimitAreRefused_503() {
        open(limits(10, 50, 1_000, 1_000, 1));
        at.connect("/ws");
        at.connect("/ws");
        assertThat(StreamClient.refusal(at.server.port(), "/ws")).isEqualTo(503);
    }

    @Test
    void aUserHasOnlySoManyViews_106() {
        open(limits(10, 50, 1_000, 1_000, 1_000));
        StreamClient one = at.as(Role.VIEWER);
        StreamClient two = at.as(Role.VIEWER);
        one.ask("subscribe", "'channel':'network','sub':'a','filter':'n > 1'");
        two.ask("subscribe", "'channel':'network','sub':'a','filter':'n>1'");
        one.ask("subscribe", "'channel':'network','sub':'b'");
        assertThat(two.refused("subscribe", "'channel':'network','sub':'c'"))
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED.number());
        one.ask("unsubscribe", "'sub':'b'");
        assertThat(two.ask("subscribe", "'channel':'network','sub':'c'").path("type").asText())
                .isEqualTo("subscribed");
    }

    @Test
    void pingsSayWhereEverySubscriptionIs() throws IOException {
        open(timing(LONG, SHORT, LONG, LONG));
        StreamClient client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'network','sub':'some','filter':'n = 1'");
        client.ask("subscribe", "'channel':'alerts'");
        at.publish("network", "{\"n\":1}");
        at.publish("network", "{\"n\":2}", 5);
        client.events(1);
        JsonNode ping =
                client.await(m -> m.path("pos").path("some").path("network").path(1).asLong() == 6);
        assertThat(new ObjectMapper().readTree(ping.path("pos").toString()).toString())
                .isEqualTo("{\"some\":{\"network\":[1,6]},\"alerts\":{\"alerts\":[0,0]}}");
        client.await("ping"); // the frame of the one before has come, too
        assertThat(client.pings.get()).isPositive();
    }
}
