package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 5.5.1 and section 7: closing, codes and reasons.
class CloseTest {
    private static final int CLOSE = RawClient.FIN | RawClient.CLOSE;

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
    @ValueSource(
            ints = {
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
                4000, 4999
            })
    void echoesAValidCode(int code) {
        client.close(code);
        RawClient.Frame answer = client.read();
        assertThat(answer.isClose()).isTrue();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(client.ended()).isTrue();
        assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.PEER);
        assertThat(recorder.closed().code()).isEqualTo(code);
        assertThat(recorder.closed().sentCode()).isEqualTo(code);
        assertThat(recorder.closed().clean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void failsAnInvalidCode(int code) {
        client.close(code);
        RawClient.Frame answer = client.read();
        assertThat(answer.code()).isEqualTo(1002);
        assertThat(client.ended()).isTrue();
        client.hangUp();
        assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.VIOLATION);
        assertThat(recorder.closed().sentCode()).isEqualTo(1002);
    }

    @Test
    void answersAnEmptyCloseWithAnEmptyOne() {
        client.send(CLOSE, new byte[0]);
        RawClient.Frame answer = client.read();
        assertThat(answer.isClose()).isTrue();
        assertThat(answer.payload()).isEmpty();
        assertThat(client.ended()).isTrue();
        assertThat(recorder.closed().code()).isEqualTo(1005);
        assertThat(recorder.closed().clean()).isTrue();
    }

    @Test
    void failsHalfACode() {
        client.send(CLOSE, new byte[] {3});
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @Test
    void failsAReasonThatIsNotUtf8() {
        client.send(CLOSE, HexFormat.of().parseHex("03e8ceba80"));
        assertThat(client.read().code()).isEqualTo(1007);
    }

    @Test
    void failsAReasonCutOffInsideACodePoint() {
        client.send(CLOSE, HexFormat.of().parseHex("03e8e282"));
        assertThat(client.read().code()).isEqualTo(1007);
    }

    @Test
    void failsAClosePayloadThatIsTooLong() {
        byte[] payload = new byte[126];
        payload[0] = 3;
        payload[1] = (byte) 0xE8;
        client.send(CLOSE, payload);
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @Test
    void tellsTheReasonOfThePeer() {
        byte[] reason = "x".repeat(123).getBytes(UTF_8);
        byte[] payload = new byte[125];
        payload[0] = 0x0F;
        payload[1] = (byte) 0xA0;
        System.arraycopy(reason, 0, payload, 2, reason.length);
        client.send(CLOSE, payload);
        assertThat(client.read().code()).isEqualTo(4000);
        assertThat(recorder.closed().reason()).isEqualTo("x".repeat(123));
    }

    @Test
    void ignoresWhatComesAfterTheCloseFrame() {
        byte[] close = RawClient.frame(CLOSE, new byte[] {3, (byte) 0xE8});
        byte[] text = RawClient.frame(0x81, new byte[] {'x'});
        byte[] both = Arrays.copyOf(close, close.length + text.length);
        System.arraycopy(text, 0, both, close.length, text.length);
        client.send(both);
        assertThat(client.read().code()).isEqualTo(1000);
        assertThat(recorder.closed().code()).isEqualTo(1000);
        assertThat(recorder.messagesWaiting()).isZero();
    }

    @Test
    void closesFromItsOwnSide() {
        recorder.connection().close(4001, "drain");
        RawClient.Frame close = client.read();
        assertThat(close.code()).isEqualTo(4001);
        assertThat(close.reason()).isEqualTo("drain");
        assertThat(recorder.connection().isOpen()).isFalse();
        assertThat(recorder.closes()).isZero();
        client.close(4001);
        assertThat(client.ended()).isTrue();
        assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOCAL);
        assertThat(recorder.closed().code()).isEqualTo(4001);
        assertThat(recorder.closed().sentCode()).isEqualTo(4001);
    }

    @Test
    void sendsNothingAfterItsCloseFrame() {
        recorder.connection().close(1000, "");
        recorder.send("late".getBytes(UTF_8));
        recorder.connection().ping(new byte[0]);
        client.send(RawClient.FIN | RawClient.PING, new byte[] {1});
        RawClient.Frame frame = client.read();
        while (!frame.isClose()) {
            // these may still have been in time for the last round
            assertThat(frame.first()).isIn(0x81, 0x89, 0x8A);
            frame = client.read();
        }
        client.close(1000);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void writesTheLastWordsBeforeTheCloseFrame() {
        ConnectionHandler polite =
                new Recorder() {
                    @Override
                    public boolean fill(FrameBuffer out) {
                        out.text("bye".getBytes(UTF_8));
                        return false;
                    }

                    @Override
                    public void onText(String message) {
                        connection().close(1000, "");
                    }
                };
        try (TestServer other = TestServer.of(() -> polite);
                RawClient peer = other.connect()) {
            peer.text("go");
            assertThat(peer.read().text()).isEqualTo("bye");
            assertThat(peer.read().code()).isEqualTo(1000);
        }
    }

    @Test
    void cutsALongReasonBetweenCodePoints() {
        recorder.connection().close(4000, "ä".repeat(100));
        assertThat(client.read().reason()).isEqualTo("ä".repeat(61));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    void doesNotTakeCodesThatMayNotBeSent(int code) {
        assertThatThrownBy(() -> recorder.connection().close(code, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(code));
    }

    @Test
    void endsWhenThePeerDoesNotAnswerTheClose() {
        Recorder other = new Recorder();
        WebSocketLimits hasty =
                WebSocketLimits.defaults().withCloseTimeout(java.time.Duration.ofMillis(100));
        try (TestServer impatient = TestServer.of(() -> other, hasty);
                RawClient peer = impatient.connect()) {
            other.connection().close(4003, "");
            assertThat(peer.read().code()).isEqualTo(4003);
            assertThat(other.closed().cause()).isEqualTo(CloseEvent.Cause.LOCAL);
            assertThat(other.closed().code()).isEqualTo(1006);
            assertThat(other.closed().sentCode()).isEqualTo(4003);
            assertThat(other.closed().clean()).isFalse();
        }
    }
}
