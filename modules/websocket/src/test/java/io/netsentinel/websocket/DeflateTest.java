package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7692 6 and 7.2: compressed messages from a client.
@Timeout(60)
class DeflateTest {
    private static final int LARGEST = 100_000;
    private static final int TEXT = RawClient.FIN | Deflated.RSV1 | RawClient.TEXT;
    private static final int BINARY = RawClient.FIN | Deflated.RSV1 | RawClient.BINARY;
    private static final int LAST = RawClient.FIN;

    private final Recorder recorder = new Recorder();
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void connect() {
        server =
                TestServer.of(
                        () -> recorder,
                        WebSocketLimits.defaults().withMaxMessage(70_000).withDeflate(LARGEST));
        client = Deflated.connect(server);
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "one block, f248cdc9c90700",
        "no compression, 000500faff48656c6c6f00",
        "a final block, f348cdc9c9070000",
        "a final block and nothing after it, f348cdc9c90700",
        "two blocks, f248050000 00ffffcac9c90700"
    })
    void readsTheExamplesOfTheRfc(String name, String payload) {
        client.send(TEXT, Deflated.hex(payload));
        assertThat(recorder.message()).as(name).isEqualTo("Hello");
    }

    @Test
    void putsFragmentsTogetherBeforeItDecompresses() {
        client.send(Deflated.RSV1 | RawClient.TEXT, Deflated.hex("f248cd"));
        client.send(RawClient.FIN | RawClient.PING, new byte[] {1});
        assertThat(client.read().payload()).containsExactly(1);
        client.send(0, new byte[0]);
        client.send(LAST, Deflated.hex("c9c90700"));
        assertThat(recorder.message()).isEqualTo("Hello");
    }

    @Test
    void readsEmptyMessagesAndPlainOnesBetween() {
        client.send(TEXT, new byte[] {0});
        client.send(RawClient.FIN | RawClient.TEXT, "plain".getBytes(UTF_8));
        client.send(BINARY, Deflated.of(new byte[0]));
        client.send(RawClient.FIN | RawClient.BINARY, new byte[] {7});
        assertThat(recorder.message()).isEqualTo("");
        assertThat(recorder.message()).isEqualTo("plain");
        assertThat((byte[]) recorder.message()).isEmpty();
        assertThat((byte[]) recorder.message()).containsExactly(7);
    }

    @Test
    void goesOnAfterAFinalBlockWithTheSameWindow() {
        // "Hello", final | a copy of three bytes from three back, final | the rest of a flush
        client.send(TEXT, Deflated.hex("f348cdc9c90700 032200 00"));
        assertThat(recorder.message()).isEqualTo("Hellollo");
    }

    @Test
    void eachMessageBeginsWithAnEmptyWindow() {
        byte[] message = "the same words again and again".getBytes(UTF_8);
        for (int i = 0; i < 3; i++) {
            client.send(TEXT, Deflated.of(message));
            assertThat(recorder.message()).isEqualTo(new String(message, UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing at all, where even the empty message has one byte
                "f248cd", // cut off
                "f248cdc9c907", // without its last byte
                "07", // a kind of block that does not exist
                "000500ffff48656c6c6f00", // lengths that contradict each other
                "f348cdc9c9070007" // nonsense after the final block
            })
    void failsWhatIsNotCompressedAsAgreed(String payload) {
        client.send(TEXT, Deflated.hex(payload));
        assertThat(client.read().code()).isEqualTo(1007);
        assertThat(client.ended()).isTrue();
        assertThat(recorder.messagesWaiting()).isZero();
    }

    @Test
    void checksUtf8AfterDecompression() {
        client.send(BINARY, Deflated.of(new byte[] {(byte) 0xC3}));
        assertThat((byte[]) recorder.message()).containsExactly(0xC3);
        client.send(TEXT, Deflated.of("Grüße 🚀"));
        assertThat(recorder.message()).isEqualTo("Grüße 🚀");
        client.send(TEXT, Deflated.of(new byte[] {'x', (byte) 0xC3}));
        assertThat(client.read().code()).isEqualTo(1007);
    }

    @Test
    void takesAMessageAsLargeAsAllowedAndNotAByteMore() {
        client.send(BINARY, Deflated.of(new byte[LARGEST]));
        assertThat((byte[]) recorder.message()).hasSize(LARGEST);
        client.send(BINARY, Deflated.of(new byte[LARGEST + 1]));
        assertThat(client.read().code()).isEqualTo(1009);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void stopsABombWithoutFillingTheMemory() {
        byte[] bomb = Deflated.of(new byte[50_000_000]);
        assertThat(bomb).hasSizeLessThan(70_000);
        client.send(BINARY, bomb);
        assertThat(client.read().code()).isEqualTo(1009);
        assertThat(recorder.messagesWaiting()).isZero();
    }

    @Test
    void stopsAMessageMadeOfFinalBlocks() {
        byte[] blocks = new byte[60_000];
        for (int i = 0; i < blocks.length; i += 2) {
            blocks[i] = 3; // an empty final block
        }
        client.send(BINARY, blocks);
        assertThat(client.read().code()).isEqualTo(1008);
    }

    @Test
    void boundsCompressedBytesAsAnyOther() {
        client.send(Deflated.RSV1 | RawClient.BINARY, new byte[60_000]);
        client.send(LAST, new byte[10_001]);
        assertThat(client.read().code()).isEqualTo(1009);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x89, 0x8A, 0x88})
    void failsACompressedControlFrame(int first) {
        client.send(first | Deflated.RSV1, new byte[] {3, (byte) 0xE8});
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @Test
    void failsALaterFragmentThatClaimsToBeCompressed() {
        client.send(Deflated.RSV1 | RawClient.TEXT, Deflated.hex("f248cd"));
        client.send(LAST | Deflated.RSV1, Deflated.hex("c9c90700"));
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x10, 0x60, 0x50})
    void failsTheOtherReservedBits(int bits) {
        client.send(RawClient.FIN | RawClient.TEXT | bits, Deflated.of("x"));
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @Test
    void failsACompressedMessageThatWasNotAgreedOn() {
        try (RawClient plain = server.connect()) {
            plain.send(TEXT, Deflated.of("Hello"));
            assertThat(plain.read().code()).isEqualTo(1002);
        }
    }

    @Test
    void doesNotDecompressForAConnectionThatIsBeingClosed() {
        recorder.connection().close(4001, "");
        assertThat(client.read().code()).isEqualTo(4001);
        client.send(TEXT, Deflated.hex("07"));
        client.close(4001);
        assertThat(client.ended()).isTrue();
        assertThat(recorder.closed().clean()).isTrue();
        assertThat(recorder.closed().code()).isEqualTo(4001);
    }

    @Test
    void readsMessagesHoweverTheyAreCut() {
        byte[] message = "0123456789".repeat(2_000).getBytes(UTF_8);
        byte[] payload = Deflated.of(message);
        for (int cut = 1; cut < payload.length; cut += payload.length / 7 + 1) {
            client.send(Deflated.RSV1 | RawClient.BINARY, Arrays.copyOf(payload, cut));
            client.send(LAST, Arrays.copyOfRange(payload, cut, payload.length));
            assertThat((byte[]) recorder.message()).isEqualTo(message);
        }
    }
}
