package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamFormatsTest {
    private static final String JSON = "netsentinel.v1.json";
    private static final String MSGPACK = "netsentinel.v1.msgpack";

    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        at = new StreamFixture(directory);
    }

    @AfterEach
    void close() {
        at.close();
    }

    private StreamClient packed(String path, Role role) {
        return StreamClient.connect(
                at.server.port(),
                path,
                List.of(MSGPACK),
                "Authorization",
                "Bearer " + at.token(role));
    }

    @Test
    void theFirstSubprotocolOfTheClientThatIsSpokenIsTaken() {
        String header = "Bearer " + at.token(Role.VIEWER);
        for (List<String> offered :
                List.of(List.of("other", MSGPACK, JSON), List.of(JSON, MSGPACK))) {
            try (StreamClient client =
                    StreamClient.connect(
                            at.server.port(), "/ws", offered, "Authorization", header)) {
                String expected =
                        offered.stream()
                                .filter(one -> !one.equals("other"))
                                .findFirst()
                                .orElseThrow();
                assertThat(client.subprotocol()).isEqualTo(expected);
                assertThat(client.ask("connect", "").path("type").asText()).isEqualTo("connected");
            }
        }
    }

    @Test
    void inMessagePackEverythingIsSaidInBinaryFrames() {
        try (StreamClient client = packed("/ws", Role.ADMIN)) {
            assertThat(client.ask("connect", "'client':'desk'").path("client").asText())
                    .isEqualTo("desk");
            assertThat(client.ask("subscribe", "'channel':'network'").path("start").asLong())
                    .isZero();
            assertThat(
                            client.ask("publish", "'channel':'alerts','data':{}")
                                    .path("offset")
                                    .asLong())
                    .isEqualTo(1);
            client.send(
                    "publish",
                    "'channel':'network','data':{'a':[1,-2.5,null,true,'\u00fc'],'b':{}}");
            JsonNode event = client.await("event");
            assertThat(event.path("prev").asLong()).isZero();
            assertThat(event.path("time").asLong()).isPositive();
            assertThat(event.path("data").toString())
                    .isEqualTo("{\"a\":[1,-2.5,null,true,\"\u00fc\"],\"b\":{}}");
            assertThat(client.refused("dance", "")).isEqualTo(104);
            JsonNode history = client.ask("history", "'channel':'network'");
            assertThat(history.path("events").get(0).path("data")).isEqualTo(event.path("data"));
            assertThat(client.frames).hasValue(0);
            assertThat(client.binaryFrames).hasPositiveValue();
        }
        byte[] stored = at.log.read("network", 0, 1, 1_000).join().records().getFirst().payload();
        assertThat(new String(stored, StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[1,-2.5,null,true,\"\u00fc\"],\"b\":{}}");
    }

    @Test
    void aPathSubscribesInMessagePackToo() {
        at.publish("network", "{\"n\":1}", 40);
        try (StreamClient client = packed("/ws/network?last=30", Role.VIEWER)) {
            assertThat(client.next().path("type").asText()).isEqualTo("subscribed");
            assertThat(client.next().path("type").asText()).isEqualTo("connected");
            List<JsonNode> events = client.events(30);
            assertThat(events.getFirst().path("offset").asInt()).isEqualTo(11);
            assertThat(events.getLast().path("prev").asInt()).isEqualTo(39);
        }
    }

    @Test
    void pingsAndTheFarewellAreInMessagePack() {
        close();
        ProtocolSettings.Timing usual = ProtocolSettings.Timing.defaults();
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        new ProtocolSettings.Timing(
                                                usual.identity(),
                                                Duration.ofMillis(100),
                                                usual.pong(),
                                                usual.write(),
                                                usual.expiring(),
                                                usual.grace())));
        try (StreamClient client = packed("/ws", Role.VIEWER)) {
            client.ask("subscribe", "'channel':'network'");
            JsonNode ping = client.await("ping");
            assertThat(ping.path("pos").toString()).isEqualTo("{\"network\":{\"network\":[0,0]}}");
            client.binary(new byte[] {(byte) 0xC1});
            assertThat(client.await("error").path("code").asInt()).isEqualTo(107);
            assertThat(client.closedWith()).isEqualTo(CloseCode.PROTOCOL_ERROR);
            assertThat(client.frames).hasValue(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "81a474797065, not complete",
        "82a474797065a4706f6e67a474797065a4706f6e67, twice",
        "81a474797065a4706f6e67c0, behind",
        "82a474797065a4706f6e67a474696d65d6ff00000000, extension",
        "82a474797065a4706f6e67a474696d65c40100, binary",
        "ddffffffff, shorter than it says",
        "dfffffffff, shorter than it says",
        "81a474797065dbffffffff, shorter than it says",
        "8101a4706f6e67, not a string",
        "c0, object"
    })
    void aMalformedFrameIsSaidAndClosedWith4501(String frame, String reason) {
        try (StreamClient client = packed("/ws", Role.VIEWER)) {
            client.binary(HexFormat.of().parseHex(frame));
            JsonNode error = client.await("error");
            assertThat(error.path("code").asInt()).isEqualTo(107);
            assertThat(error.path("message").asText()).contains(reason);
            assertThat(client.closedWith()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void aFrameNestedTooDeepIs4501() {
        try (StreamClient client = packed("/ws", Role.VIEWER)) {
            byte[] deep = new byte[60_000];
            java.util.Arrays.fill(deep, (byte) 0x91);
            client.binary(deep);
            assertThat(client.await("error").path("message").asText()).contains("32 levels");
            assertThat(client.closedWith()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void theWrongKindOfFrameIs1003() {
        try (StreamClient client = packed("/ws", Role.VIEWER)) {
            client.text("{}");
            assertThat(client.closeCode()).isEqualTo(1003);
        }
        try (StreamClient client = at.as(Role.VIEWER)) {
            client.binary(new byte[] {(byte) 0x80});
            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void framesAreCompressedWhenTheyAreLarge() {
        at.publish("network", "{\"n\":1,\"text\":\"always the same\"}", 300);
        try (StreamClient client = at.as(Role.VIEWER)) {
            client.send(
                    "connect",
                    "'compress':['gzip'],'subs':{'all':{'channel':'network','last':200}}");
            assertThat(client.await("connected").path("compress").asText()).isEqualTo("gzip");
            List<JsonNode> events = client.events(200);
            assertThat(events.getLast().path("offset").asInt()).isEqualTo(300);
            int compressed = client.gzipFrames.get();
            assertThat(compressed).isPositive().isEqualTo(client.binaryFrames.get());
            int text = client.frames.get();
            at.publish("network", "{\"n\":2}");
            client.events(1);
            assertThat(client.frames).hasValue(text + 1);
            assertThat(client.ask("history", "'channel':'network'").path("events")).hasSize(100);
            assertThat(client.gzipFrames).hasValue(compressed + 1);
        }
    }

    @Test
    void textOnlyClientsGetCompressedMessages() {
        at.publish("network", "{\"n\":1,\"text\":\"always the same\"}", 300);
        try (StreamClient client = at.as(Role.VIEWER)) {
            JsonNode connected = client.ask("connect", "'compress':['gzip+base64']");
            assertThat(connected.path("compress").asText()).isEqualTo("gzip+base64");
            client.ask("subscribe", "'channel':'network','last':200");
            assertThat(client.events(200)).hasSize(200);
            assertThat(client.gzipFrames).hasPositiveValue();
            assertThat(client.binaryFrames).hasValue(0);
        }
    }

    @Test
    void messagePackCanBeCompressedButNotAsText() {
        at.publish("network", "{\"n\":1,\"text\":\"always the same\"}", 300);
        try (StreamClient client = packed("/ws", Role.VIEWER)) {
            assertThat(client.refused("connect", "'compress':['gzip+base64']")).isEqualTo(107);
            client.ask("connect", "'compress':['gzip+base64','gzip']");
            client.ask("subscribe", "'channel':'network','last':200");
            assertThat(client.events(200)).hasSize(200);
            assertThat(client.gzipFrames).hasPositiveValue();
            assertThat(client.frames).hasValue(0);
        }
    }

    @Test
    void fieldsCutTheDataDown() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            client.ask(
                    "subscribe",
                    "'channel':'network','fields':['source.ip','n'],'filter':'source.port = 5'");
            at.publish("network", "{\"source\":{\"ip\":\"10.0.0.1\",\"port\":5},\"n\":1,\"x\":2}");
            assertThat(client.await("event").path("data").toString())
                    .isEqualTo("{\"source\":{\"ip\":\"10.0.0.1\"},\"n\":1}");
            JsonNode error =
                    client.ask("subscribe", "'channel':'alerts','fields':['ok','not..ok']");
            assertThat(error.path("field").asText()).isEqualTo("fields");
            assertThat(error.path("message").asText()).contains("not..ok");
        }
    }

    @Test
    void aRateLeavesOutWhatIsTooMuchAndSaysSo() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            client.ask("subscribe", "'channel':'network','rate':4");
            long sent = System.nanoTime();
            at.publish("network", "{}");
            assertThat(client.await("event").path("offset").asInt()).isEqualTo(1);
            at.publish("network", "{}", 20);
            JsonNode gap = client.next();
            assertThat(Duration.ofNanos(System.nanoTime() - sent).toMillis())
                    .isGreaterThanOrEqualTo(200);
            assertThat(gap.path("type").asText()).isEqualTo("gap");
            assertThat(gap.path("reason").asText()).isEqualTo("sampled");
            assertThat(gap.path("from").asInt()).isEqualTo(2);
            assertThat(gap.path("to").asInt()).isEqualTo(20);
            JsonNode event = client.next();
            assertThat(event.path("offset").asInt()).isEqualTo(21);
            assertThat(event.path("prev").asInt()).isEqualTo(20);
        }
    }
}
