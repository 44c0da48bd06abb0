package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The same over TLS, where writes go through Helidon's engine.
@Timeout(60)
class TlsTest {
    private static TestTls tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.create();
    }

    @Test
    void sendsReceivesAndClosesInGoodOrder() throws IOException {
        Recorder recorder = new Recorder();
        try (TestServer server = server(() -> recorder, EchoHandler.LIMITS);
                SSLSocket client = connect(server)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] large = "x".repeat(1_000_000).getBytes(US_ASCII);
            client.getOutputStream().write(RawClient.frame(0x82, large));
            assertThat((byte[]) recorder.message()).isEqualTo(large);
            recorder.send(large);
            assertThat(in.readUnsignedShort()).isEqualTo(0x817F);
            assertThat(in.readLong()).isEqualTo(large.length);
            assertThat(in.readNBytes(large.length)).isEqualTo(large);
            client.getOutputStream().write(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
            assertThat(in.readNBytes(4)).containsExactly(0x88, 2, 3, 0xE8);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(recorder.closed().clean()).isTrue();
            Await.until(() -> server.guarded().status().open() == 0);
        }
    }

    @Test
    void failsAViolationWithItsCode() throws IOException {
        Recorder recorder = new Recorder();
        try (TestServer server = server(() -> recorder, EchoHandler.LIMITS);
                SSLSocket client = connect(server)) {
            client.getOutputStream().write(new byte[] {(byte) 0x81, 0});
            byte[] close = client.getInputStream().readNBytes(4);
            assertThat(close[0]).isEqualTo((byte) 0x88);
            assertThat(((close[2] & 0xFF) << 8) | (close[3] & 0xFF)).isEqualTo(1002);
            hangUp(client);
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.VIOLATION);
            Await.until(() -> server.guarded().status().open() == 0);
        }
    }

    @Test
    void endsAPeerThatTakesNothing() throws IOException {
        Recorder recorder =
                new Recorder() {
                    @Override
                    public boolean fill(FrameBuffer out) {
                        out.binary(new byte[60_000]);
                        return true;
                    }
                };
        WebSocketLimits limits =
                WebSocketLimits.defaults().withWriteTimeout(Duration.ofMillis(500), 4008);
        try (TestServer server = server(() -> recorder, limits);
                SSLSocket client = connect(server)) {
            recorder.connection().wake();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.WRITE_TIMEOUT);
            assertThat(recorder.closed().code()).isEqualTo(4008);
            Await.until(() -> server.guarded().status().open() == 0);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void noticesAClientThatHangsUp() throws IOException {
        Recorder recorder = new Recorder();
        try (TestServer server = server(() -> recorder, EchoHandler.LIMITS);
                SSLSocket client = connect(server)) {
            recorder.connection();
            hangUp(client);
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOST);
            Await.until(() -> server.guarded().status().open() == 0);
        }
    }

    private static TestServer server(Supplier<ConnectionHandler> handlers, WebSocketLimits limits) {
        return TestServer.with(
                request -> {
                    assertThat(request.secure()).isTrue();
                    return Upgrade.accept(handlers.get()).withLimits(limits);
                },
                new ConnectionBudget(10, Duration.ofSeconds(10), 5),
                () -> TestServer.listener().tls(tls.server()));
    }

    private static void hangUp(SSLSocket client) throws IOException {
        client.close();
    }

    private static SSLSocket connect(TestServer server) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        tls.client().getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(RawClient.handshake("/").getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head).startsWith("HTTP/1.1 101 ");
        return socket;
    }
}
