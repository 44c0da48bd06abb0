package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 10.4: limits of frames and messages.
class LimitsTest {

    @ParameterizedTest
    @ValueSource(ints = {RawClient.TEXT, RawClient.BINARY})
    void takesAMessageAsLargeAsAllowed(int opcode) {
        Recorder recorder = new Recorder();
        try (TestServer server = server(recorder);
                RawClient client = server.connect()) {
            client.send(RawClient.FIN | opcode, new byte[1000]);
            assertThat(recorder.message()).isNotNull();
        }
    }

    @Test
    void failsALargerFrameByItsHeaderAlone() {
        Recorder recorder = new Recorder();
        try (TestServer server = server(recorder);
                RawClient client = server.connect()) {
            client.send(new byte[] {(byte) 0x82, (byte) 0xFE, 3, (byte) 0xE9});
            assertThat(client.read().code()).isEqualTo(1009);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void failsAPromiseOfGigabytes() {
        Recorder recorder = new Recorder();
        try (TestServer server = server(recorder);
                RawClient client = server.connect()) {
            client.send(new byte[] {(byte) 0x82, (byte) 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0});
            assertThat(client.read().code()).isEqualTo(1009);
        }
    }

    @Test
    void failsAMessageThatGrowsTooLargeByFragments() {
        Recorder recorder = new Recorder();
        try (TestServer server = server(recorder);
                RawClient client = server.connect()) {
            client.send(RawClient.BINARY, new byte[600]);
            client.send(0, new byte[401]);
            assertThat(client.read().code()).isEqualTo(1009);
            assertThat(client.ended()).isTrue();
            assertThat(recorder.closed().sentCode()).isEqualTo(1009);
        }
    }

    @Test
    void deliversTheCloseFrameAlthoughThePeerGoesOnSending() {
        Recorder recorder = new Recorder();
        try (TestServer server = server(recorder);
                RawClient client = server.connect()) {
            client.send(RawClient.FIN | RawClient.BINARY, new byte[2_000_000]);
            assertThat(client.read().code()).isEqualTo(1009);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        WebSocketLimits limits = WebSocketLimits.defaults();
        assertThatThrownBy(() -> limits.withMaxMessage(0)).hasMessageContaining("maxFrame");
        assertThatThrownBy(() -> limits.withCloseTimeout(Duration.ZERO))
                .hasMessageContaining("closeTimeout");
        assertThatThrownBy(() -> limits.withWriteTimeout(Duration.ofSeconds(-1), 4008))
                .hasMessageContaining("writeTimeout");
        assertThatThrownBy(() -> limits.withDeflate(-1)).hasMessageContaining("maxInflated");
    }

    @Test
    void hasTheDocumentedDefaults() {
        WebSocketLimits limits = WebSocketLimits.defaults();
        assertThat(limits.maxFrame()).isEqualTo(65_536);
        assertThat(limits.maxMessage()).isEqualTo(65_536);
        assertThat(limits.writeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits.controlFramesPerSecond()).isEqualTo(100);
        assertThat(limits.maxInflated()).isZero();
    }

    private static TestServer server(Recorder recorder) {
        return TestServer.of(() -> recorder, WebSocketLimits.defaults().withMaxMessage(1000));
    }
}
