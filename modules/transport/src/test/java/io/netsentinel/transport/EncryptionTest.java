package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Encryption;
import io.netsentinel.channels.HubSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Message encryption: keys in `connect`, everything behind it sealed, channels that require it.
final class EncryptionTest {
    private static final String PACKED = "netsentinel.v1.msgpack";
    private static final String SECRET = "secret";

    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        HubSettings channels =
                HubSettings.defaults()
                        .withPolicy(
                                SECRET,
                                HubSettings.defaults()
                                        .policy()
                                        .withEncryption(Encryption.REQUIRED));
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(channels)
                                .with(ProtocolSettings.defaults().withFramesPerKey(16)));
        at.hub.ensure(SECRET);
    }

    @AfterEach
    void close() {
        at.close();
    }

    private static String offer(StreamClient client) {
        return "'encrypt':{'key':'" + client.offer() + "'}";
    }

    /// Keys first, then the token.
    private StreamClient encrypted(Role role, String... subprotocols) {
        StreamClient client = StreamClient.connect(at.server.port(), "/ws", List.of(subprotocols));
        assertThat(client.ask("connect", offer(client)).path("type").asText())
                .isEqualTo("encrypted");
        JsonNode connected = client.ask("connect", "'token':'" + at.token(role) + "'");
        assertThat(connected.path("type").asText()).isEqualTo("connected");
        return client;
    }

    @Test
    void keysComeFirstAndNothingAfterThemCanBeReadOnTheWay() {
        StreamClient client = encrypted(Role.ADMIN);
        client.ask("subscribe", "'channel':'network'");
        at.publish("network", "{\"n\":1}");
        assertThat(client.events(1).getFirst().path("data").path("n").asInt()).isEqualTo(1);
        assertThat(client.frames).hasValue(1);
        assertThat(client.binaryFrames.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void withAnIdentityInTheHandshakeItIsOneRoundTrip() {
        StreamClient client = at.as(Role.VIEWER);
        at.publish("network", "{\"n\":1}");
        client.send("connect", offer(client) + ",'subs':{'feed':{'channel':'network','last':1}}");
        assertThat(client.next().path("type").asText()).isEqualTo("encrypted");
        assertThat(client.next().path("type").asText()).isEqualTo("subscribed");
        assertThat(client.next().path("type").asText()).isEqualTo("connected");
        assertThat(client.events(1).getFirst().path("sub").asText()).isEqualTo("feed");
        assertThat(client.frames).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"netsentinel.v1.json", PACKED})
    void batchesAreCompressedInsideAndOthersOfTheViewGetTheirsInTheOpen(String subprotocol) {
        StreamClient one = StreamClient.connect(at.server.port(), "/ws", List.of(subprotocol));
        one.ask("connect", offer(one));
        JsonNode connected =
                one.ask("connect", "'token':'" + at.token(Role.VIEWER) + "','compress':['gzip']");
        assertThat(connected.path("compress").asText()).isEqualTo("gzip");
        StreamClient other = at.as(Role.VIEWER);
        one.ask("subscribe", "'channel':'network'");
        other.ask("subscribe", "'channel':'network'");
        at.publish("network", "{\"text\":\"" + "x".repeat(200) + "\"}", 200);
        List<JsonNode> sealed = one.events(200);
        List<JsonNode> plain = other.events(200);
        assertThat(sealed).isEqualTo(plain);
        assertThat(one.gzipFrames.get()).isPositive();
        assertThat(other.binaryFrames).hasValue(0);
    }

    @Test
    void anEventLargerThanAWriteArrivesWhole() {
        StreamClient client = encrypted(Role.VIEWER);
        client.ask("subscribe", "'channel':'network'");
        String text = "y".repeat(300_000);
        at.publish("network", "{\"text\":\"" + text + "\"}", 3);
        client.events(3)
                .forEach(event ->
                        assertThat(event.path("data").path("text").asText()).isEqualTo(text));
    }

    @Test
    void theKeysChangeManyTimesInBothDirections() {
        StreamClient client = encrypted(Role.ADMIN);
        for (int i = 1; i <= 100; i++) {
            assertThat(
                            client.ask("publish", "'channel':'lab','data':{'n':1}")
                                    .path("offset")
                                    .asInt())
                    .isEqualTo(i);
        }
        assertThat(client.frames).hasValue(1);
    }

    @Test
    void permissionDenied_103_forAChannelThatRequiresEncryption() {
        StreamClient client = at.as(Role.ADMIN);
        at.publish(SECRET, "{\"n\":1}");
        for (String command : List.of("subscribe", "history", "publish")) {
            String data = command.equals("publish") ? ",'data':{}" : "";
            JsonNode error = client.ask(command, "'channel':'" + SECRET + "'" + data);
            assertThat(error.path("code").asInt())
                    .as(command)
                    .isEqualTo(ErrorCode.PERMISSION_DENIED.number());
            assertThat(error.path("field").asText()).isEqualTo("encrypt");
        }
        JsonNode all = client.ask("subscribe", "'channel':'*','sub':'all'");
        JsonNode more = encrypted(Role.ADMIN).ask("subscribe", "'channel':'*','sub':'all'");
        assertThat(all.path("channels").asInt()).isEqualTo(more.path("channels").asInt() - 1);
        StreamClient implied =
                at.connect("/ws/" + SECRET, "Authorization", "Bearer " + at.token(Role.ADMIN));
        assertThat(implied.await("error").path("field").asText()).isEqualTo("encrypt");
        assertThat(implied.closedWith()).isEqualTo(CloseCode.FORBIDDEN);
    }

    @Test
    void aChannelThatRequiresEncryptionGoesOverAnEncryptedConnection() {
        at.publish(SECRET, "{\"n\":1}");
        StreamClient client = encrypted(Role.ADMIN);
        client.ask("subscribe", "'channel':'" + SECRET + "','offset':0");
        client.send("publish", "'channel':'" + SECRET + "','data':{'n':2}");
        assertThat(client.events(2))
                .extracting(e -> e.path("data").path("n").asInt())
                .containsExactly(1, 2);
        assertThat(client.ask("history", "'channel':'" + SECRET + "'").path("events")).hasSize(2);
    }

    @Test
    void whatIsRequiredStandsInTheListOfChannels() {
        JsonNode connected = at.as(Role.ADMIN).ask("connect", "'name':'x'");
        assertThat(connected.path("channels"))
                .filteredOn(one -> one.has("encryption"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("name").asText()).isEqualTo(SECRET));
    }

    @Test
    void cannotDecrypt_4015_forAFrameThatWasChangedOrComesTwiceOrFollowsOneThatWasLeftOut() {
        StreamClient client = encrypted(Role.VIEWER);
        byte[] frame = client.sealed("{'type':'history','id':9,'channel':'network'}");
        frame[5] ^= 1;
        client.binary(frame);
        assertThat(client.closedWith()).isEqualTo(CloseCode.CANNOT_DECRYPT);

        client = encrypted(Role.ADMIN);
        frame = client.sealed("{'type':'publish','id':9,'channel':'lab','data':{}}");
        client.binary(frame);
        assertThat(client.await("published").path("offset").asInt()).isEqualTo(1);
        client.binary(frame);
        assertThat(client.closedWith()).isEqualTo(CloseCode.CANNOT_DECRYPT);
        assertThat(at.hub.channel("lab").orElseThrow().tail()).isEqualTo(1);

        client = encrypted(Role.VIEWER);
        client.sealed("{'type':'pong','time':1}");
        client.binary(client.sealed("{'type':'history','id':9,'channel':'network'}"));
        assertThat(client.closedWith()).isEqualTo(CloseCode.CANNOT_DECRYPT);
    }

    @Test
    void protocolError_4501_forAFrameInTheOpen() {
        StreamClient client = encrypted(Role.VIEWER);
        client.text("{\"type\":\"history\",\"id\":9,\"channel\":\"network\"}");
        assertThat(client.await("error").path("code").asInt())
                .isEqualTo(ErrorCode.BAD_REQUEST.number());
        assertThat(client.closedWith()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void badRequest_107_forWhatIsNoKey() {
        StreamClient client = at.as(Role.VIEWER);
        String noPoint = "BA" + "A".repeat(85);
        for (String wish :
                List.of(
                        "'no object'",
                        "{}",
                        "{'key':'?'}",
                        "{'key':'AAAA'}",
                        "{'key':'" + noPoint + "'}",
                        "{'key':'AAAA','more':1}")) {
            JsonNode error = client.ask("connect", "'encrypt':" + wish);
            assertThat(error.path("code").asInt())
                    .as(wish)
                    .isEqualTo(ErrorCode.BAD_REQUEST.number());
            assertThat(error.path("field").asText()).isEqualTo("encrypt");
        }
        assertThat(client.refused("connect", offer(client) + ",'compress':['gzip+base64']"))
                .isEqualTo(ErrorCode.BAD_REQUEST.number());
        client.ask("connect", offer(client));
        assertThat(client.refused("connect", "'encrypt':{'key':'" + client.serverKey + "'}"))
                .as("keys twice")
                .isEqualTo(ErrorCode.BAD_REQUEST.number());
    }

    @Test
    void keysWithoutAnIdentityDoNotKeepTheConnection() {
        at.close();
        ProtocolSettings.Timing usual = ProtocolSettings.Timing.defaults();
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        new ProtocolSettings.Timing(
                                                Duration.ofMillis(300),
                                                usual.ping(),
                                                usual.pong(),
                                                usual.write(),
                                                usual.expiring(),
                                                usual.grace())));
        StreamClient client = StreamClient.connect(at.server.port(), "/ws", List.of());
        client.ask("connect", offer(client));
        assertThat(client.closedWith()).isEqualTo(CloseCode.NO_IDENTITY);
    }

    @Test
    void afterARestartTheServerHasTheSameKeyAndConnectionsHaveOthers() {
        StreamClient before = encrypted(Role.VIEWER);
        at.server.drain(Duration.ofSeconds(5));
        assertThat(before.closedWith()).isEqualTo(CloseCode.DRAIN);
        close();
        open();
        StreamClient after = encrypted(Role.VIEWER);
        assertThat(after.serverKey).isEqualTo(before.serverKey);
        after.binary(before.sealed("{'type':'pong','time':1}"));
        assertThat(after.closedWith()).isEqualTo(CloseCode.CANNOT_DECRYPT);
    }
}
