package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 5.4: fragmentation.
class FragmentationTest {
    private static final int CONTINUE = 0;

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

    @Test
    void putsFragmentsTogether() {
        fragment(RawClient.TEXT, "one ");
        fragment(CONTINUE, "two ");
        fragment(RawClient.FIN | CONTINUE, "three");
        assertThat(recorder.message()).isEqualTo("one two three");
        client.send(RawClient.BINARY, new byte[] {1});
        client.send(RawClient.FIN | CONTINUE, new byte[] {2});
        assertThat((byte[]) recorder.message()).containsExactly(1, 2);
    }

    @Test
    void answersControlFramesBetweenFragments() {
        fragment(RawClient.TEXT, "one ");
        fragment(RawClient.FIN | RawClient.PING, "p");
        RawClient.Frame pong = client.read();
        assertThat(pong.first()).isEqualTo(RawClient.FIN | RawClient.PONG);
        assertThat(pong.text()).isEqualTo("p");
        fragment(RawClient.FIN | RawClient.PONG, "unasked");
        assertThat((byte[]) recorder.message()).isEqualTo("unasked".getBytes(UTF_8));
        fragment(RawClient.FIN | CONTINUE, "two");
        assertThat(recorder.message()).isEqualTo("one two");
    }

    @Test
    void closesBetweenFragments() {
        fragment(RawClient.TEXT, "one ");
        client.close(1000);
        assertThat(client.read().code()).isEqualTo(1000);
        assertThat(client.ended()).isTrue();
        assertThat(recorder.messagesWaiting()).isZero();
    }

    @Test
    void takesEmptyFragments() {
        fragment(RawClient.TEXT, "");
        fragment(CONTINUE, "");
        fragment(CONTINUE, "x");
        fragment(RawClient.FIN | CONTINUE, "");
        assertThat(recorder.message()).isEqualTo("x");
    }

    @Test
    void takesManySmallFragments() {
        fragment(RawClient.TEXT, "");
        for (int i = 0; i < 20_000; i++) {
            fragment(CONTINUE, "0123456789");
        }
        fragment(RawClient.FIN | CONTINUE, "");
        assertThat((String) recorder.message()).hasSize(200_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {CONTINUE, RawClient.FIN | CONTINUE})
    void failsOnAContinuationOfNothing(int first) {
        fragment(first, "x");
        assertThat(client.read().code()).isEqualTo(1002);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void failsOnAContinuationAfterTheLastFragment() {
        fragment(RawClient.TEXT, "one");
        fragment(RawClient.FIN | CONTINUE, "two");
        fragment(CONTINUE, "three");
        assertThat(recorder.message()).isEqualTo("onetwo");
        assertThat(client.read().code()).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RawClient.TEXT,
                RawClient.FIN | RawClient.TEXT,
                RawClient.BINARY,
                RawClient.FIN | RawClient.BINARY
            })
    void failsOnANewMessageInsideAnother(int first) {
        fragment(RawClient.TEXT, "one");
        fragment(first, "two");
        assertThat(client.read().code()).isEqualTo(1002);
        assertThat(recorder.messagesWaiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {RawClient.CLOSE, RawClient.PING, RawClient.PONG})
    void failsOnFragmentedControlFrames(int opcode) {
        client.send(opcode, new byte[0]);
        assertThat(client.read().code()).isEqualTo(1002);
    }

    private void fragment(int first, String payload) {
        client.send(first, payload.getBytes(UTF_8));
    }
}
