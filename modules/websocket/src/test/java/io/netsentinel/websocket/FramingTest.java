package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 5.2: the base framing.
class FramingTest {
    private final Recorder recorder = new Recorder();
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void connect() {
        server = TestServer.of(() -> recorder, WebSocketLimits.defaults().withMaxMessage(1 << 20));
        client = server.connect();
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
    void failsOnReservedBits(int bits) {
        client.send(RawClient.FIN | RawClient.TEXT | bits, new byte[0]);
        assertFailed(1002);
    }

    @Test
    void failsOnReservedBitsOfControlFramesToo() {
        client.send(0x89 | 0x40, new byte[0]);
        assertFailed(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void failsOnReservedOpcodes(int opcode) {
        client.send(RawClient.FIN | opcode, new byte[0]);
        assertFailed(1002);
    }

    @Test
    void failsAtTheFirstByteThatIsWrong() {
        client.send(new byte[] {(byte) 0x83});
        assertFailed(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 65537, 300_000})
    void readsEveryFormOfLength(int length) {
        client.text("x".repeat(length));
        assertThat((String) recorder.message()).hasSize(length);
        client.send(RawClient.FIN | RawClient.BINARY, new byte[length]);
        assertThat((byte[]) recorder.message()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 65537, 300_000})
    void writesTheShortestFormOfLength(int length) {
        byte[] payload = "y".repeat(length).getBytes(StandardCharsets.US_ASCII);
        recorder.send(payload);
        RawClient.Frame frame = client.read();
        assertThat(frame.first()).isEqualTo(0x81);
        assertThat(frame.payload()).isEqualTo(payload);
    }

    @Test
    void failsOnLengthsNotInTheShortestForm() {
        client.send(new byte[] {(byte) 0x81, (byte) 0xFE, 0, 125});
        assertFailed(1002);
    }

    @Test
    void failsOnLongLengthsNotInTheShortestForm() {
        client.send(
                new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF});
        assertFailed(1002);
    }

    @Test
    void failsOnALengthWithTheHighestBitSet() {
        client.send(new byte[] {(byte) 0x82, (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0});
        assertFailed(1002);
    }

    @Test
    void handsOverBinaryUnchanged() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        client.send(RawClient.FIN | RawClient.BINARY, all);
        assertThat((byte[]) recorder.message()).isEqualTo(all);
    }

    @Test
    void readsAStreamThatArrivesByteByByte() {
        byte[] text = "Grüße, 世界 🚀".getBytes(StandardCharsets.UTF_8);
        for (byte part : RawClient.frame(0x81, text)) {
            client.send(new byte[] {part});
        }
        assertThat(recorder.message()).isEqualTo("Grüße, 世界 🚀");
        for (byte part : RawClient.frame(0x89, new byte[] {1, 2, 3})) {
            client.send(new byte[] {part});
        }
        assertThat(client.read().payload()).containsExactly(1, 2, 3);
        for (byte part : RawClient.frame(0x88, new byte[] {3, (byte) 0xE8})) {
            client.send(new byte[] {part});
        }
        assertThat(client.read().code()).isEqualTo(1000);
    }

    @Test
    void readsManyFramesThatArriveAtOnce() {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            all.writeBytes(
                    RawClient.frame(0x81, Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
        }
        client.send(all.toByteArray());
        for (int i = 0; i < 1000; i++) {
            assertThat(recorder.message()).isEqualTo(Integer.toString(i));
        }
    }

    private void assertFailed(int code) {
        RawClient.Frame close = client.read();
        assertThat(close.isClose()).isTrue();
        assertThat(close.code()).isEqualTo(code);
        assertThat(client.ended()).isTrue();
    }
}
