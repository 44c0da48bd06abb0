package io.netsentinel.it;

import static io.netsentinel.it.RawWebSocket.KEY;
import static io.netsentinel.it.RawWebSocket.VERSION;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 section 4, what a server must do with an opening handshake, and what section 10 says
/// about it, over raw sockets. Sections 5 to 8 are in [ConformanceIT] and [ConformanceClosingIT],
/// RFC 7692 in [ConformanceDeflateIT].
@Timeout(120)
final class ConformanceHandshakeIT {
    private static final String HOST = "Host: localhost";
    private static final String UPGRADE = "Upgrade: websocket";
    private static final String CONNECTION = "Connection: Upgrade";

    private static String answer(String request) {
        try (RawWebSocket client = RawWebSocket.request(ConformanceServer.port(), request)) {
            return client.answer();
        }
    }

    private static String echo(String... headers) {
        return answer(RawWebSocket.get("/echo", headers));
    }

    @Nested
    @DisplayName("section 4.2.1: what a client's handshake must have")
    final class Requirements {

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "OPTIONS", "DELETE", "HEAD"})
        void aMethodOtherThanGetIsNotUpgraded(String method) {
            assertThat(answer(RawWebSocket.handshake("/echo").replace("GET", method)))
                    .startsWith("HTTP/1.1 ")
                    .doesNotStartWith("HTTP/1.1 101 ");
        }

        @Test
        void httpBelowOnePointOneIsNotUpgraded() {
            assertThat(answer(RawWebSocket.handshake("/echo").replace("HTTP/1.1", "HTTP/1.0")))
                    .doesNotContain(" 101 ");
        }

        @Test
        void aRequestWithoutHostIsRefused() {
            assertThat(echo(UPGRADE, CONNECTION, VERSION, KEY)).startsWith("HTTP/1.1 400 ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"WebSocket", "WEBSOCKET", "foo, websocket"})
        void upgradeIsAListWithoutCase(String value) {
            assertThat(echo(HOST, "Upgrade: " + value, CONNECTION, VERSION, KEY))
                    .startsWith("HTTP/1.1 101 ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"upgrade", "keep-alive, UPGRADE", "Upgrade,close-not"})
        void connectionIsAListWithoutCase(String value) {
            assertThat(echo(HOST, UPGRADE, "Connection: " + value, VERSION, KEY))
                    .startsWith("HTTP/1.1 101 ");
        }

        @Test
        void withoutUpgradeOrConnectionThereIsNoWebSocket() {
            assertThat(echo(HOST, CONNECTION, VERSION, KEY)).doesNotContain(" 101 ");
            assertThat(echo(HOST, "Upgrade: h2c", CONNECTION, VERSION, KEY))
                    .doesNotContain(" 101 ");
            assertThat(echo(HOST, UPGRADE, VERSION, KEY)).startsWith("HTTP/1.1 400 ");
            assertThat(echo(HOST, UPGRADE, "Connection: keep-alive", VERSION, KEY))
                    .startsWith("HTTP/1.1 400 ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X: no key",
                    "Sec-WebSocket-Key:",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=",
                    "Sec-WebSocket-Key: not base64 at all======",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key:"
                            + " dGhlIHNhbXBsZSBub25jZQ=="
                })
        void aKeyThatIsNotSixteenBytesOnceIsRefused(String key) {
            assertThat(echo(HOST, UPGRADE, CONNECTION, VERSION, key)).startsWith("HTTP/1.1 400 ");
        }
    }

    @Nested
    @DisplayName("section 4.2.2: what the server's handshake must have")
    final class Answer {

        @Test
        void theSampleKeyGetsTheSampleAnswer() {
            assertThat(echo(HOST, UPGRADE, CONNECTION, VERSION, KEY))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nConnection: Upgrade\r\n")
                    .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        }

        @Test
        void everyKeyGetsItsOwnAnswer() throws NoSuchAlgorithmException {
            Random random = new Random(4);
            for (int i = 0; i < 20; i++) {
                byte[] nonce = new byte[16];
                random.nextBytes(nonce);
                String key = Base64.getEncoder().encodeToString(nonce);
                byte[] digest =
                        MessageDigest.getInstance("SHA-1")
                                .digest(
                                        (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                                .getBytes(ISO_8859_1));
                assertThat(echo(HOST, UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: " + key))
                        .contains(
                                "Sec-WebSocket-Accept: "
                                        + Base64.getEncoder().encodeToString(digest)
                                        + "\r\n");
            }
        }

        @Test
        void aSubprotocolIsNamedOnlyWhenItWasOfferedAndChosen() {
            assertThat(answer(RawWebSocket.handshake("/ws")))
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContain("Sec-WebSocket-Protocol");
            assertThat(answer(RawWebSocket.handshake("/ws", "Sec-WebSocket-Protocol: chat, soap")))
                    .doesNotContain("Sec-WebSocket-Protocol");
            assertThat(
                            answer(
                                    RawWebSocket.handshake(
                                            "/ws",
                                            "Sec-WebSocket-Protocol: chat",
                                            "Sec-WebSocket-Protocol: soap, netsentinel.v1.json")))
                    .startsWith("HTTP/1.1 101 ")
                    .containsOnlyOnce("Sec-WebSocket-Protocol: netsentinel.v1.json\r\n");
        }

        @Test
        void anExtensionIsNamedOnlyWhenItWasOffered() {
            assertThat(echo(HOST, UPGRADE, CONNECTION, VERSION, KEY))
                    .doesNotContain("Sec-WebSocket-Extensions");
            assertThat(
                            answer(
                                    RawWebSocket.handshake(
                                            "/echo", "Sec-WebSocket-Extensions: mux, x; y=1")))
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContain("Sec-WebSocket-Extensions");
        }

        @Test
        void aResourceThatDoesNotExistIsRefusedBeforeTheUpgrade() {
            assertThat(answer(RawWebSocket.handshake("/nothing-here"))).startsWith("HTTP/1.1 404 ");
        }

        @Test
        void framesInTheSamePacketAsTheHandshakeAreRead() {
            String head = RawWebSocket.handshake("/echo");
            byte[] frame = RawWebSocket.masked(0x81, "at once".getBytes(ISO_8859_1));
            try (RawWebSocket client =
                    RawWebSocket.request(
                            ConformanceServer.port(), head + new String(frame, ISO_8859_1))) {
                assertThat(client.answer()).startsWith("HTTP/1.1 101 ");
                assertThat(client.read().text()).isEqualTo("at once");
            }
        }
    }

    @Nested
    @DisplayName("section 4.4: versions")
    final class Versions {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sec-WebSocket-Version: 8",
                    "Sec-WebSocket-Version: 25",
                    "Sec-WebSocket-Version: 0",
                    "Sec-WebSocket-Version: thirteen",
                    "X: none"
                })
        void anyButThirteenIsAnsweredWithTheOneThatIsUnderstood(String version) {
            assertThat(echo(HOST, UPGRADE, CONNECTION, version, KEY))
                    .startsWith("HTTP/1.1 426 ")
                    .containsOnlyOnce("Sec-WebSocket-Version: 13\r\n");
        }
    }

    @Nested
    @DisplayName("section 9.1: the grammar of Sec-WebSocket-Extensions")
    final class Grammar {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "foo; ",
                    "foo; bar=",
                    "foo bar",
                    "foo; bar=\"two words\"",
                    "foo; bar=\"open",
                    "(foo)"
                })
        void aMalformedHeaderFailsTheConnection(String value) {
            assertThat(
                            answer(
                                    RawWebSocket.handshake(
                                            "/echo", "Sec-WebSocket-Extensions: " + value)))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Nested
    @DisplayName("section 10: who may connect")
    final class Security {

        @Test
        void section10_2_aPageOfAnotherOriginIsRefused() {
            assertThat(answer(RawWebSocket.handshake("/ws", "Origin: https://evil.example")))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(answer(RawWebSocket.handshake("/ws", "Origin: null")))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(answer(RawWebSocket.handshake("/ws", "Origin: http://localhost")))
                    .startsWith("HTTP/1.1 101 ");
        }

        @Test
        void section10_5_credentialsAreCheckedBeforeTheUpgrade() {
            assertThat(answer(RawWebSocket.handshake("/ws", "Authorization: Bearer nonsense")))
                    .startsWith("HTTP/1.1 401 ");
        }

        @Test
        void section10_1_clientsThatAreNoBrowsersNeedNoOrigin() {
            assertThat(answer(RawWebSocket.handshake("/ws"))).startsWith("HTTP/1.1 101 ");
        }
    }
}
