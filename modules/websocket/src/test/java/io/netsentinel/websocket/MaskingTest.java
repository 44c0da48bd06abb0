package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 5.1 and 5.3: everything a client sends is masked.
class MaskingTest {

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x82, 0x88, 0x89, 0x8A})
    void failsAnUnmaskedFrameOfAnyKind(int first) {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.send(new byte[] {(byte) first, 0});
            RawClient.Frame close = client.read();
            assertThat(close.isClose()).isTrue();
            assertThat(close.code()).isEqualTo(1002);
            assertThat(client.ended()).isTrue();
            client.hangUp();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.VIOLATION);
        }
    }

    @Test
    void neverMasksWhatItSends() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            recorder.send(new byte[] {'a'});
            RawClient.Frame frame = client.read();
            assertThat(frame.first()).isEqualTo(0x81);
            assertThat(frame.payload()).containsExactly('a');
        }
    }

    @Test
    void unmasksWhateverThePositionAndLength() {
        Random random = new Random(1);
        for (int length = 0; length < 40; length++) {
            byte[] plain = new byte[length];
            random.nextBytes(plain);
            byte[] bytes = RawClient.masked(plain);
            int cut = length == 0 ? 0 : random.nextInt(length);
            int key = 0x12A45CF7;
            Masking.unmask(bytes, 0, cut, key, 0);
            Masking.unmask(bytes, cut, length, key, cut);
            assertThat(bytes).isEqualTo(plain);
        }
    }
}
