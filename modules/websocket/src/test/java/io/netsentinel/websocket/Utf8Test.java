package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 8.1: text is UTF-8, and failing at once when it is not.
class Utf8Test {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // continuation first
                "c0af", // overlong slash
                "c1bf",
                "c328", // not a continuation
                "e08080", // overlong
                "e28228",
                "eda080", // surrogate
                "edbfbf",
                "f0808080", // overlong
                "f4908080", // above U+10FFFF
                "f5808080",
                "fe",
                "ff",
                "cebae1bdb9cf83cebcceb5eda080656469746564",
                "68656c6c6f776f726c64ff"
            })
    void failsInvalidBytes(String hex) {
        assertFails(RawClient.FIN | RawClient.TEXT, HEX.parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e282", "f09f9a", "cebae1bdb9cf83cebcceb5f0"})
    void failsACodePointCutOffAtTheEnd(String hex) {
        assertFails(RawClient.FIN | RawClient.TEXT, HEX.parseHex(hex));
    }

    @Test
    void failsBeforeTheMessageIsComplete() {
        assertFails(RawClient.TEXT, HEX.parseHex("cebaf4908080"));
    }

    @Test
    void failsBeforeTheFrameIsComplete() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            byte[] frame =
                    RawClient.frame(RawClient.FIN | RawClient.TEXT, HEX.parseHex("cebaf490808078"));
            client.send(java.util.Arrays.copyOf(frame, 6 + 3));
            client.send(new byte[] {frame[9]});
            assertThat(client.read().code()).isEqualTo(1007);
        }
    }

    @Test
    void takesCodePointsSplitOverFragments() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            byte[] text = "κόσμε 𐍈 end".getBytes(UTF_8);
            client.send(RawClient.TEXT, new byte[0]);
            for (byte part : text) {
                client.send(0, new byte[] {part});
            }
            client.send(RawClient.FIN, new byte[0]);
            assertThat(recorder.message()).isEqualTo("κόσμε 𐍈 end");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "efbfbf",
                "efbfbe",
                "ed9fbf",
                "ee8080",
                "f0908080",
                "f48fbfbf"
            })
    void takesTheBoundsOfWhatIsValid(String hex) {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.send(RawClient.FIN | RawClient.TEXT, HEX.parseHex(hex));
            assertThat(recorder.message()).isEqualTo(new String(HEX.parseHex(hex), UTF_8));
        }
    }

    @Test
    void doesNotLookAtBinary() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.send(RawClient.FIN | RawClient.BINARY, HEX.parseHex("ff80"));
            assertThat((byte[]) recorder.message()).isEqualTo(HEX.parseHex("ff80"));
        }
    }

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
            }
            assertThat(Utf8.valid(bytes, 0, bytes.length))
                    .as(HEX.formatHex(bytes))
                    .isEqualTo(jdkDecodes(bytes));
        }
    }

    private static final int[] INTERESTING = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
        0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF
    };

    private static boolean jdkDecodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void assertFails(int first, byte[] payload) {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.send(first, payload);
            RawClient.Frame close = client.read();
            assertThat(close.isClose()).isTrue();
            assertThat(close.code()).isEqualTo(1007);
            assertThat(client.ended()).isTrue();
            assertThat(recorder.messagesWaiting()).isZero();
        }
    }
}
