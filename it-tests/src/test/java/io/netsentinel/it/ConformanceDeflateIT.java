package io.netsentinel.it;

import static io.netsentinel.it.RawWebSocket.BINARY;
import static io.netsentinel.it.RawWebSocket.CLOSE;
import static io.netsentinel.it.RawWebSocket.CONTINUE;
import static io.netsentinel.it.RawWebSocket.FIN;
import static io.netsentinel.it.RawWebSocket.PING;
import static io.netsentinel.it.RawWebSocket.PONG;
import static io.netsentinel.it.RawWebSocket.RSV1;
import static io.netsentinel.it.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

/// RFC 7692, permessage-deflate, over raw sockets against the distribution.
@Timeout(120)
final class ConformanceDeflateIT {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final String AGREED =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    private static final byte[] EVENTS =
            "{\"type\":\"event\",\"channel\":\"alerts\",\"offset\":1}\n"
                    .repeat(200)
                    .getBytes(UTF_8);

    private RawWebSocket client;

    @BeforeEach
    void connect() {
        client = ConformanceServer.echo(OFFER);
        assertThat(extensions(client)).isEqualTo(AGREED);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static String extensions(RawWebSocket client) {
        String name = "Sec-WebSocket-Extensions: ";
        return client.answer()
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("none");
    }

    private static String agreed(String... offers) {
        String[] headers =
                Arrays.stream(offers)
                        .map("Sec-WebSocket-Extensions: "::concat)
                        .toArray(String[]::new);
        try (RawWebSocket client = ConformanceServer.echo(headers)) {
            return extensions(client);
        }
    }

    private void compressed(int opcode, byte[] payload) {
        client.frame(FIN | RSV1 | opcode, payload);
    }

    private void comesBack(int opcode, byte[] message) {
        RawWebSocket.Frame frame = client.read();
        boolean compressed = (frame.first() & RSV1) != 0;
        assertThat(frame.first() & ~RSV1).isEqualTo(FIN | opcode);
        assertThat(compressed ? Deflate.inflate(frame.payload()) : frame.payload())
                .isEqualTo(message);
    }

    private void comesBack(String message) {
        comesBack(TEXT, message.getBytes(UTF_8));
    }

    @Nested
    @DisplayName("section 5: negotiation")
    final class Negotiation {
        @Test
        void section5_withoutAnOfferThereIsNoAnswer() {
            assertThat(agreed()).isEqualTo("none");
            assertThat(agreed("permessage-foo")).isEqualTo("none");
        }

        @Test
        void section5_2_theFirstOfferThatCanBeHonouredIsTaken() {
            assertThat(
                            agreed(
                                    "permessage-deflate; server_max_window_bits=10,"
                                            + " permessage-deflate; unknown,"
                                            + " permessage-deflate; server_max_window_bits=15,"
                                            + " permessage-deflate"))
                    .isEqualTo(AGREED + "; server_max_window_bits=15");
            assertThat(
                            agreed(
                                    "foo, bar; a=b",
                                    "permessage-deflate; server_max_window_bits=8",
                                    "permessage-deflate"))
                    .isEqualTo(AGREED);
        }
    }

    @Nested
    @DisplayName("section 6: RSV1")
    final class ReservedBit {
        @Test
        void onTheFirstFrameItSaysThatTheMessageIsCompressed() {
            client.text("plain");
            comesBack("plain");
            compressed(TEXT, Deflate.message("compressed"));
            comesBack("compressed");
        }

        @Test
        void section6_1_onALaterFragmentItFailsTheConnection() {
            client.frame(RSV1 | TEXT, RawWebSocket.bytes("f248cd"));
            client.frame(FIN | RSV1 | CONTINUE, RawWebSocket.bytes("c9c90700"));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void onALaterFragmentOfAPlainMessageItFailsTheConnection() {
            client.frame(TEXT, new byte[] {'a'});
            client.frame(FIN | RSV1 | CONTINUE, RawWebSocket.bytes("c9c90700"));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {CLOSE, PING, PONG})
        void onAControlFrameItFailsTheConnection(int opcode) {
            client.frame(FIN | RSV1 | opcode, new byte[] {3, (byte) 0xE8});
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {0x20, 0x10, 0x60, 0x50})
        void theOtherBitsStayReserved(int bits) {
            client.frame(FIN | TEXT | bits, Deflate.message("x"));
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void withoutAnAgreementItFailsTheConnection() {
            try (RawWebSocket plain = ConformanceServer.echo()) {
                plain.frame(FIN | RSV1 | TEXT, Deflate.message("x"));
                assertThat(plain.closedWith()).isEqualTo(1002);
            }
        }

        @Test
        void theServerNeverSetsItOnControlFrames() {
            byte[] payload = new byte[125];
            client.frame(FIN | PING, payload);
            assertThat(client.read().first()).isEqualTo(FIN | PONG);
            client.close(1000);
            assertThat(client.closedWith()).isEqualTo(1000);
        }
    }

    @Nested
    @DisplayName("section 7.1: parameters")
    final class Parameters {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "server_no_context_takeover",
                    "client_no_context_takeover",
                    "client_max_window_bits",
                    "client_max_window_bits=8",
                    "client_max_window_bits=15",
                    "client_max_window_bits=\"10\"",
                    "server_no_context_takeover; client_max_window_bits; client_no_context_takeover"
                })
        void theseCanBeHonoured(String parameters) {
            assertThat(agreed("permessage-deflate; " + parameters)).isEqualTo(AGREED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "memory=1",
                    "server_no_context_takeover=1",
                    "client_no_context_takeover=\"x\"",
                    "server_no_context_takeover; server_no_context_takeover",
                    "client_max_window_bits=7",
                    "client_max_window_bits=16",
                    "client_max_window_bits=010",
                    "client_max_window_bits=ten",
                    "client_max_window_bits; client_max_window_bits=15",
                    "server_max_window_bits",
                    "server_max_window_bits=7",
                    "server_max_window_bits=16",
                    "server_max_window_bits=08"
                })
        void invalidOnesAreDeclinedAndTheConnectionGoesOnWithoutThem(String parameters) {
            assertThat(agreed("permessage-deflate; " + parameters)).isEqualTo("none");
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
        void section7_1_2_1_aSmallerWindowOfTheServerIsDeclinedBecauseItCannotBeKept(int bits) {
            assertThat(agreed("permessage-deflate; server_max_window_bits=" + bits))
                    .isEqualTo("none");
        }

        @Test
        void section7_1_2_1_aWindowThatIsAcceptedIsNamed() {
            assertThat(agreed("permessage-deflate; server_max_window_bits=15"))
                    .isEqualTo(AGREED + "; server_max_window_bits=15");
        }

        @Test
        void section7_1_1_1_noMessageOfTheServerNeedsTheOneBefore() {
            for (int i = 0; i < 3; i++) {
                compressed(TEXT, Deflate.message(EVENTS));
                RawWebSocket.Frame frame = client.read();
                assertThat(frame.first()).isEqualTo(FIN | RSV1 | TEXT);
                assertThat(frame.payload().length).isLessThan(EVENTS.length / 5);
                assertThat(Deflate.inflate(frame.payload())).isEqualTo(EVENTS);
            }
        }
    }

    @Nested
    @DisplayName("section 7.2: compression and decompression")
    final class Messages {
        @ParameterizedTest
        @CsvSource({
            "7.2.3.1 one block,             f248cdc9c90700",
            "7.2.3.3 no compression,        000500faff48656c6c6f00",
            "7.2.3.4 BFINAL,                f348cdc9c9070000",
            "7.2.3.5 two blocks,            f248050000 00ffffcac9c90700"
        })
        void theExamples(String name, String payload) {
            compressed(TEXT, RawWebSocket.bytes(payload));
            comesBack("Hello");
        }

        @Test
        void section7_2_3_1_aFragmentedMessageIsCompressedAsAWhole() {
            client.frame(RSV1 | TEXT, RawWebSocket.bytes("f248cd"));
            client.frame(FIN | PING, new byte[] {1});
            assertThat(client.read().first()).isEqualTo(FIN | PONG);
            client.frame(FIN | CONTINUE, RawWebSocket.bytes("c9c90700"));
            comesBack("Hello");
        }

        @Test
        void section7_2_3_2_aMessageThatNeedsTheWindowOfTheOneBeforeFailsTheConnection() {
            compressed(TEXT, RawWebSocket.bytes("f248cdc9c90700"));
            comesBack("Hello");
            compressed(TEXT, RawWebSocket.bytes("f200110000"));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void section7_2_3_6_theEmptyMessageIsOneByte() {
            compressed(TEXT, new byte[] {0});
            comesBack("");
            compressed(BINARY, new byte[] {0});
            comesBack(BINARY, new byte[0]);
        }

        @ParameterizedTest
        @CsvSource({"1, 100", "2, 1000", "1, 65536", "2, 1000000", "1, 4000000", "2, 16777216"})
        void messagesOfEverySizeAreKept(int opcode, int size) {
            byte[] message = new byte[size];
            Random random = new Random(size);
            for (int i = 0; i < size; i++) {
                message[i] = (byte) ('a' + random.nextInt(6));
            }
            compressed(opcode, Deflate.message(message));
            comesBack(opcode, message);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 100})
        void aCompressedMessageMayHaveManyFragments(int size) {
            byte[] payload = Deflate.message(EVENTS);
            for (int from = 0; from < payload.length; from += size) {
                int to = Math.min(payload.length, from + size);
                int first =
                        (from == 0 ? RSV1 | BINARY : CONTINUE) | (to == payload.length ? FIN : 0);
                client.frame(first, Arrays.copyOfRange(payload, from, to));
            }
            comesBack(BINARY, EVENTS);
        }

        @Test
        void manyMessagesComeBackInTheirOrder() {
            for (int i = 0; i < 300; i++) {
                byte[] message = (i + " ").repeat(1 + i * 3).getBytes(UTF_8);
                if (i % 3 == 0) {
                    client.frame(FIN | TEXT, message);
                } else {
                    compressed(TEXT, Deflate.message(message));
                }
            }
            for (int i = 0; i < 300; i++) {
                comesBack((i + " ").repeat(1 + i * 3));
            }
        }

        @Test
        void bytesThatDoNotShrinkAreSentAsTheyAre() {
            byte[] noise = new byte[10_000];
            new Random(1).nextBytes(noise);
            compressed(BINARY, Deflate.message(noise));
            RawWebSocket.Frame frame = client.read();
            assertThat(frame.first()).isEqualTo(FIN | BINARY);
            assertThat(frame.payload()).isEqualTo(noise);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "f248cd", "f248cdc9c907", "07", "000500ffff48656c6c6f00"})
        void section7_2_2_whatIsNotDeflateOrCutOffFailsTheConnectionWith1007(String payload) {
            compressed(TEXT, RawWebSocket.bytes(payload));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void textIsCheckedAfterDecompression() {
            compressed(BINARY, Deflate.message(RawWebSocket.bytes("c0af")));
            comesBack(BINARY, RawWebSocket.bytes("c0af"));
            compressed(TEXT, Deflate.message("κόσμε 🚀"));
            comesBack("κόσμε 🚀");
            compressed(TEXT, Deflate.message(RawWebSocket.bytes("cebac0af")));
            assertThat(client.closedWith()).isEqualTo(1007);
        }
    }

    @Nested
    @DisplayName("section 8: limits (RFC 6455 10.4 after decompression)")
    final class Limits {
        @Test
        void aBombIsRefused() {
            compressed(BINARY, Deflate.message(new byte[(16 << 20) + 1]));
            assertThat(client.closedWith()).isEqualTo(1009);
        }

        @Test
        void theProtocolsOwnWebSocketTakesTenTimesItsFrameSize() {
            try (RawWebSocket stream = RawWebSocket.open(ConformanceServer.port(), "/ws", OFFER)) {
                assertThat(extensions(stream)).isEqualTo(AGREED);
                byte[] largest = new byte[640 << 10];
                Arrays.fill(largest, (byte) ' ');
                byte[] command = "{\"type\":\"nothing\",\"id\":1}".getBytes(UTF_8);
                System.arraycopy(command, 0, largest, 0, command.length);
                stream.frame(FIN | RSV1 | TEXT, Deflate.message(largest));
                assertThat(stream.read().text()).contains("\"error\"");
                byte[] more = Arrays.copyOf(largest, largest.length + 1);
                more[largest.length] = ' ';
                stream.frame(FIN | RSV1 | TEXT, Deflate.message(more));
                RawWebSocket.Frame frame = stream.read();
                while (frame.first() != (FIN | CLOSE)) {
                    frame = stream.read();
                }
                assertThat(frame.code()).isEqualTo(1009);
            }
        }
    }
}
