package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 5.5.2 and 5.5.3: ping and pong.
class PingPongTest {
    private static final int PING = RawClient.FIN | RawClient.PING;
    private static final int PONG = RawClient.FIN | RawClient.PONG;

    private final Recorder recorder = new Recorder();
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void connect() {
        server = TestServer.of(() -> recorder);
        client = server.connect();
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125})
    void answersAPingWithItsPayload(int length) {
        byte[] payload = "p".repeat(length).getBytes(UTF_8);
        client.send(PING, payload);
        RawClient.Frame pong = client.read();
        assertThat(pong.first()).isEqualTo(PONG);
        assertThat(pong.payload()).isEqualTo(payload);
    }

    @Test
    void failsAPingThatIsTooLong() {
        client.send(PING, new byte[126]);
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @Test
    void answersAFewPingsInTheirOrder() {
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < 10; i++) {
            pings.writeBytes(RawClient.frame(PING, new byte[] {(byte) i}));
        }
        client.send(pings.toByteArray());
        for (int i = 0; i < 10; i++) {
            assertThat(client.read().payload()).containsExactly(i);
        }
    }

    @Test
    void handsOverPongs() {
        client.send(PONG, "asked or not".getBytes(UTF_8));
        assertThat((byte[]) recorder.message()).isEqualTo("asked or not".getBytes(UTF_8));
    }

    @Test
    void pings() {
        recorder.connection().ping("are you there".getBytes(UTF_8));
        RawClient.Frame ping = client.read();
        assertThat(ping.first()).isEqualTo(PING);
        assertThat(ping.text()).isEqualTo("are you there");
    }

    @Test
    void doesNotPingWithMoreThanFits() {
        assertThatThrownBy(() -> recorder.connection().ping(new byte[126]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyFrameCountsAsASignOfLife() {
        long before = recorder.connection().lastReceivedNanos();
        client.send(PONG, new byte[0]);
        recorder.message();
        assertThat(recorder.connection().lastReceivedNanos()).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG})
    void endsAFloodOfControlFrames(int first) {
        assertThat(closeCodeOfFlood(first)).isEqualTo(1008);
    }

    @Test
    void endsAFloodOfEmptyFragments() {
        client.send(RawClient.TEXT, new byte[0]);
        assertThat(closeCodeOfFlood(0)).isEqualTo(1008);
    }

    private int closeCodeOfFlood(int first) {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 5_000; i++) {
            flood.writeBytes(RawClient.frame(first, new byte[0]));
        }
        client.send(flood.toByteArray());
        RawClient.Frame frame = client.read();
        while (!frame.isClose()) {
            frame = client.read();
        }
        return frame.code();
    }
}
