package io.netsentinel.it;

import static io.netsentinel.it.RawWebSocket.BINARY;
import static io.netsentinel.it.RawWebSocket.CONTINUE;
import static io.netsentinel.it.RawWebSocket.FIN;
import static io.netsentinel.it.RawWebSocket.PING;
import static io.netsentinel.it.RawWebSocket.PONG;
import static io.netsentinel.it.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 sections 5 and 6, what a server must do with frames and messages, over raw sockets
/// against the distribution's `/echo`.
@Timeout(120)
final class ConformanceIT {
    private RawWebSocket client;

    @BeforeEach
    void connect() {
        client = ConformanceServer.echo();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void comesBack(int opcode, byte[] message) {
        RawWebSocket.Frame frame = client.read();
        assertThat(frame.first()).isEqualTo(FIN | opcode);
        assertThat(frame.payload()).isEqualTo(message);
    }

    private void comesBack(String message) {
        comesBack(TEXT, message.getBytes(UTF_8));
    }

    private static byte[] letters(int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + i % 26);
        }
        return letters;
    }

    @Nested
    @DisplayName("section 5.1: masking")
    final class Masking {
        @ParameterizedTest
        @ValueSource(strings = {"8105 48656c6c6f", "8201 00", "8900", "8802 03e8", "0101 61"})
        void aServerClosesWith1002OnAnUnmaskedFrame(String frame) {
            client.hex(frame);
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void aServerMasksNothing() {
            client.text("x"); // read() fails on a masked frame
            comesBack("x");
            client.frame(FIN | PING, new byte[] {1});
            comesBack(PONG, new byte[] {1});
            client.close(1000);
            assertThat(client.closedWith()).isEqualTo(1000);
        }
    }

    @Nested
    @DisplayName("section 5.2: the base framing")
    final class Framing {
        @ParameterizedTest
        @CsvSource({
            "1, 0x40", "1, 0x20", "1, 0x10", "1, 0x70", "2, 0x40", "2, 0x30", "9, 0x40", "8, 0x10"
        })
        void aReservedBitNobodyAgreedOnFailsTheConnection(int opcode, String bits) {
            client.frame(FIN | opcode | Integer.decode(bits), new byte[] {3, (byte) 0xE8});
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        void anUnknownOpcodeFailsTheConnection(int opcode) {
            client.frame(FIN | opcode, new byte[0]);
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65_535, 65_536, 65_537})
        void everyFormOfTheLengthIsReadAndWritten(int length) {
            client.binary(letters(length));
            comesBack(BINARY, letters(length));
            client.frame(FIN | TEXT, letters(length));
            comesBack(TEXT, letters(length));
        }

        @ParameterizedTest
        @CsvSource({"2, 0", "2, 125", "8, 0", "8, 125", "8, 126", "8, 65535"})
        void aLengthNotInItsShortestFormFailsTheConnection(int bytes, int length) {
            client.send(RawWebSocket.masked(FIN | BINARY, bytes, length, new byte[length]));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void aLengthWithItsHighestBitSetFailsTheConnection() {
            client.hex("82 ff 8000000000000000");
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void framesAreReadHoweverTheyAreCut() {
            byte[] frames =
                    RawWebSocket.join(
                            RawWebSocket.masked(FIN | TEXT, letters(300)),
                            RawWebSocket.masked(FIN | PING, letters(5)),
                            RawWebSocket.masked(FIN | BINARY, letters(130)));
            for (byte one : frames) {
                client.send(new byte[] {one});
            }
            boolean ponged = false;
            for (int i = 0; i < 3; i++) {
                RawWebSocket.Frame frame = client.read();
                ponged |= frame.first() == (FIN | PONG);
                assertThat(frame.payload().length).isIn(300, 5, 130);
            }
            assertThat(ponged).isTrue();
        }
    }

    @Nested
    @DisplayName("section 5.3: masking keys")
    final class Keys {
        @ParameterizedTest
        @ValueSource(strings = {"00000000", "ffffffff", "00ff00ff", "12345678"})
        void everyKeyIsTakenOff(String key) {
            byte[] message = letters(23);
            byte[] mask = RawWebSocket.bytes(key);
            byte[] masked = message.clone();
            for (int i = 0; i < masked.length; i++) {
                masked[i] ^= mask[i % 4];
            }
            client.send(RawWebSocket.join(RawWebSocket.bytes("8197"), mask, masked));
            comesBack(TEXT, message);
        }

        @Test
        void eachFragmentHasAKeyOfItsOwn() {
            client.frame(TEXT, letters(7)); // masked() takes a new key each time
            client.frame(CONTINUE, letters(6));
            client.frame(FIN | CONTINUE, letters(5));
            comesBack(TEXT, RawWebSocket.join(letters(7), letters(6), letters(5)));
        }
    }

    @Nested
    @DisplayName("section 5.4: fragmentation")
    final class Fragmentation {
        @ParameterizedTest
        @ValueSource(ints = {TEXT, BINARY})
        void fragmentsAreOneMessageOfTheFirstOnesKind(int opcode) {
            client.frame(opcode, letters(1));
            client.frame(CONTINUE, letters(200));
            client.frame(FIN | CONTINUE, letters(3));
            comesBack(opcode, RawWebSocket.join(letters(1), letters(200), letters(3)));
        }

        @Test
        void controlFramesMayStandBetweenFragments() {
            client.frame(TEXT, letters(4));
            client.frame(FIN | PING, letters(2));
            comesBack(PONG, letters(2));
            client.frame(FIN | PONG, letters(3));
            client.frame(CONTINUE, letters(4));
            client.frame(FIN | PING, letters(1));
            comesBack(PONG, letters(1));
            client.frame(FIN | CONTINUE, letters(4));
            comesBack(TEXT, RawWebSocket.join(letters(4), letters(4), letters(4)));
        }

        @Test
        void aControlFrameMayStandBetweenFragmentsOfOneCodePoint() {
            client.frame(TEXT, RawWebSocket.bytes("f09f"));
            client.frame(FIN | PING, new byte[0]);
            comesBack(PONG, new byte[0]);
            client.frame(FIN | CONTINUE, RawWebSocket.bytes("9a80"));
            comesBack("🚀");
        }

        @Test
        void fragmentsMayBeEmpty() {
            client.frame(TEXT, new byte[0]);
            client.frame(CONTINUE, letters(4));
            client.frame(CONTINUE, new byte[0]);
            client.frame(FIN | CONTINUE, new byte[0]);
            comesBack(TEXT, letters(4));
            client.frame(BINARY, new byte[0]);
            client.frame(FIN | CONTINUE, new byte[0]);
            comesBack(BINARY, new byte[0]);
        }

        @ParameterizedTest
        @ValueSource(ints = {CONTINUE, FIN | CONTINUE})
        void aContinuationOfNothingFailsTheConnection(int first) {
            client.text("whole");
            comesBack("whole");
            client.frame(first, letters(1));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {TEXT, BINARY, FIN | TEXT, FIN | BINARY})
        void aNewMessageInsideAFragmentedOneFailsTheConnection(int first) {
            client.frame(TEXT, letters(1));
            client.frame(first, letters(1));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void afterTheLastFragmentTheMessageIsOver() {
            client.frame(TEXT, letters(1));
            client.frame(FIN | CONTINUE, letters(1));
            comesBack("aa");
            client.frame(FIN | CONTINUE, letters(1));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @CsvSource({"1, 16", "2, 16", "1, 1000", "2, 65536"})
        void aMessageMayHaveVeryManyFragments(int opcode, int size) {
            byte[] message = letters(1 << 20);
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int from = 0; from < message.length; from += size) {
                int to = Math.min(message.length, from + size);
                int first = (from == 0 ? opcode : CONTINUE) | (to == message.length ? FIN : 0);
                frames.writeBytes(
                        RawWebSocket.masked(first, Arrays.copyOfRange(message, from, to)));
            }
            client.send(frames.toByteArray());
            comesBack(opcode, message);
        }
    }

    @Nested
    @DisplayName("section 5.5: control frames")
    final class Control {
        @ParameterizedTest
        @ValueSource(ints = {8, 9, 10})
        void aControlFrameMayNotBeFragmented(int opcode) {
            client.frame(opcode, new byte[] {3, (byte) 0xE8});
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 9, 10})
        void aControlFrameHasAtMost125Bytes(int opcode) {
            client.send(RawWebSocket.masked(FIN | opcode, 2, 126, new byte[126]));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125})
        void section5_5_2_aPingIsAnsweredByAPongWithItsBytes(int length) {
            byte[] payload = letters(length);
            client.frame(FIN | PING, payload);
            comesBack(PONG, payload);
        }

        @Test
        void section5_5_2_pingsMayHaveAnyBytes() {
            byte[] payload = RawWebSocket.bytes("00fffefdfcfb00ff");
            client.frame(FIN | PING, payload);
            comesBack(PONG, payload);
        }

        @Test
        void section5_5_3_severalPingsAreAnsweredInTheirOrder() {
            ByteArrayOutputStream pings = new ByteArrayOutputStream();
            for (int i = 0; i < 10; i++) {
                pings.writeBytes(RawWebSocket.masked(FIN | PING, new byte[] {(byte) i}));
            }
            client.send(pings.toByteArray());
            for (int i = 0; i < 10; i++) {
                comesBack(PONG, new byte[] {(byte) i});
            }
        }

        @Test
        void section5_5_3_aPongNobodyAskedForIsIgnored() {
            client.frame(FIN | PONG, letters(9));
            client.frame(FIN | PONG, new byte[0]);
            client.text("still here");
            comesBack("still here");
        }
    }

    @Nested
    @DisplayName("section 5.6: data frames, and section 6: sending and receiving")
    final class Data {
        @Test
        void everyByteOfABinaryMessageIsKept() {
            byte[] message = new byte[100_000];
            new Random(6).nextBytes(message);
            client.binary(message);
            comesBack(BINARY, message);
        }

        @Test
        void messagesComeBackInTheirOrderAsTextAndBinary() {
            for (int i = 0; i < 200; i++) {
                client.text("t" + i);
                client.binary(new byte[] {(byte) i});
            }
            for (int i = 0; i < 200; i++) {
                comesBack("t" + i);
                comesBack(BINARY, new byte[] {(byte) i});
            }
        }

        @ParameterizedTest
        @CsvSource({"1, 1", "2, 1", "1, 4", "2, 4", "1, 16", "2, 16"})
        void messagesUpTo16MiBAreKept(int opcode, int mebibytes) {
            byte[] message = letters(mebibytes << 20);
            client.frame(FIN | opcode, message);
            comesBack(opcode, message);
        }
    }

    @Nested
    @DisplayName("section 5.7: the examples")
    final class Examples {
        @Test
        void aMaskedTextMessage() {
            client.hex("8185 37fa213d 7f9f4d5158");
            comesBack("Hello");
        }

        @Test
        void aFragmentedMessage() {
            client.hex("0183 00000000 48656c");
            client.hex("8082 00000000 6c6f");
            comesBack("Hello");
        }

        @Test
        void aPing() {
            client.hex("8985 37fa213d 7f9f4d5158");
            comesBack(PONG, "Hello".getBytes(UTF_8));
        }

        @ParameterizedTest
        @ValueSource(ints = {256, 64 << 10})
        void largerBinaryMessages(int length) {
            client.binary(letters(length));
            comesBack(BINARY, letters(length));
        }
    }
}
