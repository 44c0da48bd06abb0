package io.netsentinel.it;

import static io.netsentinel.it.RawWebSocket.BINARY;
import static io.netsentinel.it.RawWebSocket.CLOSE;
import static io.netsentinel.it.RawWebSocket.CONTINUE;
import static io.netsentinel.it.RawWebSocket.FIN;
import static io.netsentinel.it.RawWebSocket.PING;
import static io.netsentinel.it.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 sections 5.5.1, 7, 8 and 10.4: how a connection ends, text that is none, and limits,
/// over raw sockets against the distribution's `/echo`.
@Timeout(120)
final class ConformanceClosingIT {
    private RawWebSocket client;

    @BeforeEach
    void connect() {
        client = ConformanceServer.echo();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void comesBack(String message) {
        RawWebSocket.Frame frame = client.read();
        assertThat(frame.first()).isEqualTo(FIN | TEXT);
        assertThat(frame.text()).isEqualTo(message);
    }

    @Nested
    @DisplayName("section 5.5.1: close frames")
    final class CloseFrames {
        @Test
        void anEmptyCloseIsAnsweredByAnEmptyOne() {
            client.frame(FIN | CLOSE, new byte[0]);
            assertThat(client.closedWith()).isEqualTo(-1);
        }

        @Test
        void aCloseWithAReasonIsAnsweredWithItsCode() {
            client.close(1000, "done".getBytes(UTF_8));
            assertThat(client.closedWith()).isEqualTo(1000);
        }

        @Test
        void aReasonMayHave123Bytes() {
            client.close(3000, "r".repeat(123).getBytes(UTF_8));
            assertThat(client.closedWith()).isEqualTo(3000);
        }

        @Test
        void halfACodeFailsTheConnection() {
            client.frame(FIN | CLOSE, new byte[] {3});
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void whatComesAfterACloseFrameIsIgnored() {
            client.send(
                    RawWebSocket.join(
                            RawWebSocket.masked(FIN | CLOSE, new byte[] {3, (byte) 0xE8}),
                            RawWebSocket.masked(FIN | TEXT, new byte[] {'x'}),
                            RawWebSocket.masked(FIN | PING, new byte[] {'x'}),
                            RawWebSocket.masked(FIN | 7, new byte[] {'x'})));
            assertThat(client.closedWith()).isEqualTo(1000);
        }

        @Test
        void whatCameBeforeACloseFrameIsAnsweredFirst() {
            client.send(
                    RawWebSocket.join(
                            RawWebSocket.masked(FIN | TEXT, "last words".getBytes(UTF_8)),
                            RawWebSocket.masked(FIN | CLOSE, new byte[] {3, (byte) 0xE8})));
            comesBack("last words");
            assertThat(client.closedWith()).isEqualTo(1000);
        }

        @Test
        void aMessageMayBeCutOffByTheCloseFrame() {
            client.frame(TEXT, "unfinished".getBytes(UTF_8));
            client.close(1001);
            assertThat(client.closedWith()).isEqualTo(1001);
        }
    }

    @Nested
    @DisplayName("section 7.1: ending the connection")
    final class Ending {
        @Test
        void section7_1_1_theServerEndsTheTcpConnectionFirst() {
            client.close(1000);
            assertThat(client.closedWith()).isEqualTo(1000); // waits for the server's end
        }

        @Test
        void section7_1_6_aReasonThatIsNotUtf8FailsTheConnection() {
            client.close(1000, RawWebSocket.bytes("ceba80"));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void section7_1_6_aReasonCutInsideACodePointFailsTheConnection() {
            client.close(1000, RawWebSocket.bytes("e282"));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void section7_1_7_afterAFailureNothingMoreIsAnswered() {
            client.send(
                    RawWebSocket.join(
                            RawWebSocket.masked(FIN | TEXT, "before".getBytes(UTF_8)),
                            RawWebSocket.masked(FIN | 3, new byte[0]),
                            RawWebSocket.masked(FIN | TEXT, "after".getBytes(UTF_8)),
                            RawWebSocket.masked(FIN | PING, new byte[0])));
            comesBack("before");
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void section7_1_7_theCloseFrameArrivesAlthoughTheClientGoesOnSending() {
            client.frame(FIN | 3, new byte[0]);
            client.binary(new byte[1 << 20]);
            assertThat(client.closedWith()).isEqualTo(1002);
        }

        @Test
        void section7_2_2_aConnectionThatBreaksOffHurtsNobodyElse() {
            for (int i = 0; i < 20; i++) {
                try (RawWebSocket other = ConformanceServer.echo()) {
                    other.send(new byte[] {(byte) 0x81, (byte) 0x85, 1, 2});
                    other.reset();
                }
            }
            client.text("still here");
            comesBack("still here");
        }
    }

    @Nested
    @DisplayName("section 7.4: close codes")
    final class Codes {
        @ParameterizedTest
        @ValueSource(
                ints = {
                    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000,
                    3999, 4000, 4999
                })
        void aCodeThatMayBeSentIsAnswered(int code) {
            client.close(code);
            assertThat(client.closedWith()).isEqualTo(code);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
        void aCodeThatMayNotBeSentFailsTheConnection(int code) {
            client.close(code);
            assertThat(client.closedWith()).isEqualTo(1002);
        }
    }

    @Nested
    @DisplayName("section 8.1: text is UTF-8")
    final class Utf8 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Hello-µ@ßöäüàá-UTF-8!!",
                    "κόσμε",
                    "\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff",
                    "\ud800\udc00 🚀 \udbff\udfff"
                })
        void everyCodePointComesBackHoweverItIsCut(String message) {
            client.text(message);
            comesBack(message);
            byte[] bytes = message.getBytes(UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                int first = (i == 0 ? TEXT : CONTINUE) | (i == bytes.length - 1 ? FIN : 0);
                client.frame(first, new byte[] {bytes[i]});
            }
            comesBack(message);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80", // a continuation byte
                    "c0af", // overlong forms
                    "c1bf",
                    "e080af",
                    "f08080af",
                    "eda080", // surrogates
                    "edbfbf",
                    "eda080edb080",
                    "f4908080", // above U+10FFFF
                    "f8888080af", // five and six bytes
                    "fc8480808080",
                    "fe",
                    "ff",
                    "c328", // a wrong second byte
                    "ce", // cut off
                    "e282",
                    "f09f9a",
                    "48656cce6c6f"
                })
        void anythingElseFailsTheConnectionWith1007(String bytes) {
            client.frame(FIN | TEXT, RawWebSocket.bytes(bytes));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void itIsToldAtTheFirstWrongByteOfAFrameThatGoesOn() {
            byte[] frame = RawWebSocket.masked(FIN | TEXT, RawWebSocket.bytes("f4908080 61616161"));
            client.send(java.util.Arrays.copyOf(frame, frame.length - 6));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void itIsToldAtTheFirstWrongFragment() {
            client.frame(TEXT, RawWebSocket.bytes("ceba e1bdb9"));
            client.frame(CONTINUE, RawWebSocket.bytes("f490"));
            assertThat(client.closedWith()).isEqualTo(1007);
        }

        @Test
        void itIsNotAskedOfBinaryMessages() {
            client.binary(RawWebSocket.bytes("c0af ff"));
            assertThat(client.read().payload()).isEqualTo(RawWebSocket.bytes("c0afff"));
        }
    }

    @Nested
    @DisplayName("section 10.4: limits")
    final class Limits {
        @Test
        void aFrameAboveTheLimitIsRefusedByItsHeaderAlone() {
            client.hex("82 ff 0000000001000001 00000000");
            assertThat(client.closedWith()).isEqualTo(1009);
        }

        @Test
        void aPromiseOfExabytesIsRefused() {
            client.hex("81 ff 7fffffffffffffff 00000000");
            assertThat(client.closedWith()).isEqualTo(1009);
        }

        @Test
        void aMessageThatGrowsAboveTheLimitByFragmentsIsRefused() {
            client.frame(BINARY, new byte[8 << 20]);
            client.frame(CONTINUE, new byte[8 << 20]);
            client.frame(FIN | CONTINUE, new byte[1]);
            assertThat(client.closedWith()).isEqualTo(1009);
        }

        @Test
        void theProtocolsOwnWebSocketTakes64KiB() {
            try (RawWebSocket stream = RawWebSocket.open(ConformanceServer.port(), "/ws")) {
                stream.hex("81 ff 0000000000010001 00000000");
                assertThat(stream.closedWith()).isEqualTo(1009);
            }
        }

        @Test
        void aFloodOfControlFramesIsEnded() {
            byte[] ping = RawWebSocket.masked(FIN | PING, new byte[0]);
            ByteArrayOutputStream pings = new ByteArrayOutputStream();
            for (int i = 0; i < 5_000; i++) {
                pings.writeBytes(ping);
            }
            client.send(pings.toByteArray());
            RawWebSocket.Frame frame = client.read();
            while (frame.first() != (FIN | CLOSE)) {
                frame = client.read();
            }
            assertThat(frame.code()).isEqualTo(1008);
        }
    }
}
