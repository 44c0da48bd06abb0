package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client no one here wrote: the JDK's.
class JdkClientTest {

    @Test
    void echoesTextBinaryPingAndClose() throws InterruptedException {
        try (TestServer server = TestServer.of(EchoHandler::new, EchoHandler.LIMITS);
                HttpClient http = HttpClient.newHttpClient()) {
            Heard heard = new Heard();
            WebSocket socket =
                    http.newWebSocketBuilder().buildAsync(uri(server, "ws"), heard).join();
            socket.sendText("Grüße ", false).join();
            socket.sendText("🚀", true).join();
            assertThat(heard.next()).isEqualTo("text Grüße 🚀");
            socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
            assertThat(heard.next()).isEqualTo("binary 3");
            socket.sendPing(ByteBuffer.wrap("p".getBytes(UTF_8))).join();
            assertThat(heard.next()).isEqualTo("pong p");
            socket.sendClose(1000, "done").join();
            assertThat(heard.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void echoesTheLargestMessage() throws InterruptedException {
        try (TestServer server = TestServer.of(EchoHandler::new, EchoHandler.LIMITS);
                HttpClient http = HttpClient.newHttpClient()) {
            Heard heard = new Heard();
            WebSocket socket =
                    http.newWebSocketBuilder().buildAsync(uri(server, "ws"), heard).join();
            int size = 16 << 20;
            CompletableFuture<WebSocket> sent = socket.sendBinary(ByteBuffer.allocate(size), true);
            assertThat(heard.next()).isEqualTo("binary " + size);
            sent.join();
            socket.abort();
        }
    }

    @Test
    void seesTheStatusOfARefusal() {
        try (TestServer server =
                        TestServer.deciding(request -> Upgrade.refuse(401, "who are you?"));
                HttpClient http = HttpClient.newHttpClient()) {
            assertThatThrownBy(() ->
                            http.newWebSocketBuilder()
                                    .buildAsync(uri(server, "ws"), new Heard())
                                    .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
        }
    }

    @Test
    void agreesOnASubprotocol() {
        Recorder recorder = new Recorder();
        try (TestServer server =
                        TestServer.deciding(
                                request -> Upgrade.accept(recorder).withSubprotocol("b"));
                HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket =
                    http.newWebSocketBuilder()
                            .subprotocols("a", "b")
                            .buildAsync(uri(server, "ws"), new Heard())
                            .join();
            assertThat(socket.getSubprotocol()).isEqualTo("b");
            assertThat(recorder.connection().subprotocol()).contains("b");
            socket.abort();
        }
    }

    private static URI uri(TestServer server, String scheme) {
        return URI.create(scheme + "://localhost:" + server.port() + "/");
    }

    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private int bytes;

        private String next() throws InterruptedException {
            String event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing heard within 10 s");
            }
            return event;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add("text " + text);
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                events.add("binary " + bytes);
                bytes = 0;
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            events.add("pong " + UTF_8.decode(message));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add("close " + code);
            return null;
        }
    }
}
