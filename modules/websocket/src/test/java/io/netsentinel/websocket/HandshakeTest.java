package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 section 4: the opening handshake.
class HandshakeTest {

    @Test
    void answersTheSampleNonceWithTheSampleDigest() {
        try (TestServer server = TestServer.of(Recorder::new);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/"));
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .contains("Upgrade: websocket\r\n")
                    .contains("Connection: Upgrade\r\n")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    .doesNotContain("Sec-WebSocket-Protocol")
                    .doesNotContain("Sec-WebSocket-Extensions");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"WebSocket", "WEBSOCKET", "websocket", "h2c, WebSocket", "foo,websocket"})
    void takesUpgradeInAnyCaseAndInAList(String upgrade) {
        assertThat(answer("Upgrade: " + upgrade, "Connection: Upgrade", VERSION, KEY))
                .startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade", "UPGRADE", "keep-alive, Upgrade", "keep-alive,upgrade , x"})
    void takesConnectionInAnyCaseAndInAList(String connection) {
        assertThat(answer("Upgrade: websocket", "Connection: " + connection, VERSION, KEY))
                .startsWith("HTTP/1.1 101 ");
    }

    @Test
    void refusesAConnectionHeaderWithoutUpgrade() {
        assertThat(answer("Upgrade: websocket", "Connection: keep-alive", VERSION, KEY))
                .startsWith("HTTP/1.1 400 ");
        assertThat(answer("Upgrade: websocket", VERSION, KEY)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 8",
                "Sec-WebSocket-Version: 14",
                "Sec-WebSocket-Version: x",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13",
                "X: y"
            })
    void namesTheVersionItSpeaks(String version) {
        assertThat(answer("Upgrade: websocket", "Connection: Upgrade", version, KEY))
                .startsWith("HTTP/1.1 426 ")
                .contains("Sec-WebSocket-Version: 13\r\n")
                .contains("Upgrade: websocket\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ", // no padding
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j", // 15 bytes
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=", // 17 bytes
                "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key:"
                        + " dGhlIHNhbXBsZSBub25jZQ==",
                "X: y"
            })
    void refusesAKeyThatIsNotSixteenBytesOnce(String key) {
        assertThat(answer("Upgrade: websocket", "Connection: Upgrade", VERSION, key))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void leavesOtherRequestsToOrdinaryRouting() {
        try (TestServer server = TestServer.of(Recorder::new);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.head("/hello", "Connection: close"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        }
        try (TestServer server = TestServer.of(Recorder::new);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/hello").replace("GET ", "DELETE "));
            assertThat(client.readHead()).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void tellsTheHandlerEverythingItNeedsToDecide() {
        AtomicReference<UpgradeRequest> seen = new AtomicReference<>();
        try (TestServer server =
                        TestServer.deciding(request -> {
                            seen.set(request);
                            return Upgrade.accept(new Recorder());
                        });
                RawClient client = RawClient.tcp(server.port())) {
            client.send(
                    RawClient.handshake(
                            "/ws/alerts?since=-15m",
                            "Origin: https://example.org",
                            "Authorization: Bearer abc",
                            "Sec-WebSocket-Protocol: one, two",
                            "Sec-WebSocket-Protocol: three,one"));
            client.readHead();
            UpgradeRequest request = seen.get();
            assertThat(request.path()).isEqualTo("/ws/alerts");
            assertThat(request.query()).isEqualTo("since=-15m");
            assertThat(request.origin()).contains("https://example.org");
            assertThat(request.host()).contains("localhost");
            assertThat(request.headers().first(HeaderNames.AUTHORIZATION)).contains("Bearer abc");
            assertThat(request.subprotocols()).isEqualTo(List.of("one", "two", "three"));
            assertThat(request.remote()).isEqualTo(client.socket().getLocalSocketAddress());
            assertThat(request.secure()).isFalse();
        }
    }

    @Test
    void answersWithTheChosenSubprotocolAndHeaders() {
        Upgrade.Accept accept =
                new Upgrade.Accept(
                        new Recorder(),
                        WebSocketLimits.defaults(),
                        Optional.of("two"),
                        Map.of("Set-Cookie", "a=b"));
        try (TestServer server = TestServer.deciding(request -> accept);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/", "Sec-WebSocket-Protocol: one, two"));
            assertThat(client.readHead())
                    .contains("Sec-WebSocket-Protocol: two\r\n")
                    .contains("Set-Cookie: a=b\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 503})
    void refusesWithTheHandlersStatusBeforeTheUpgrade(int status) {
        Upgrade refusal = new Upgrade.Refuse(status, Map.of("Retry-After", "7"), "no: ä\n");
        try (TestServer server = TestServer.deciding(request -> refusal);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/"));
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Retry-After: 7\r\n")
                    .contains("Connection: close\r\n")
                    .contains("Content-Length: 7\r\n")
                    .endsWith("\r\n\r\nno: ä\n");
        }
    }

    @Test
    void answersAHandlerThatThrowsWithFiveHundredAndNothingOfTheException() {
        try (TestServer server =
                        TestServer.deciding(request -> {
                            throw new IllegalStateException("secret");
                        });
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/"));
            assertThat(client.readAll()).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
        }
    }

    @Test
    void readsFramesThatCameTogetherWithTheHandshake() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = RawClient.tcp(server.port())) {
            byte[] head =
                    RawClient.handshake("/").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] frame = RawClient.frame(0x81, new byte[] {'h', 'i'});
            byte[] both = java.util.Arrays.copyOf(head, head.length + frame.length);
            System.arraycopy(frame, 0, both, head.length, frame.length);
            client.send(both);
            client.readHead();
            assertThat(recorder.message()).isEqualTo("hi");
        }
    }

    @Test
    void refusesASubprotocolThatWasNotOffered() {
        try (TestServer server =
                        TestServer.deciding(request ->
                                Upgrade.accept(new Recorder()).withSubprotocol("other"));
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/", "Sec-WebSocket-Protocol: one"));
            assertThat(client.readAll()).startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void agreesOnCompressionOnlyWhereItIsAllowed() {
        assertThat(
                        answer(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                VERSION,
                                KEY,
                                Deflated.OFFER))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContain("Sec-WebSocket-Extensions");
        WebSocketLimits limits = WebSocketLimits.defaults().withDeflate(1000);
        try (TestServer server = TestServer.of(Recorder::new, limits);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(
                    RawClient.handshake(
                            "/",
                            "Sec-WebSocket-Extensions: foo",
                            Deflated.OFFER + "; client_max_window_bits"));
            assertThat(client.readHead())
                    .contains(
                            "Sec-WebSocket-Extensions: permessage-deflate;"
                                    + " server_no_context_takeover; client_no_context_takeover\r\n");
        }
        try (TestServer server = TestServer.of(Recorder::new, limits);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.handshake("/", Deflated.OFFER + "; server_max_window_bits=9"));
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContain("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void refusesAMalformedExtensionsHeader() {
        assertThat(
                        answer(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                VERSION,
                                KEY,
                                Deflated.OFFER + "; ="))
                .startsWith("HTTP/1.1 400 ");
    }

    private static final String VERSION = "Sec-WebSocket-Version: 13";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static String answer(String... lines) {
        try (TestServer server = TestServer.of(Recorder::new);
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.head("/", lines));
            return client.readHead();
        }
    }
}
