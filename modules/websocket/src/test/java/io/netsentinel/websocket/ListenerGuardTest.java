package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections above the budget, connections that send nothing, and the start.
@Timeout(60)
class ListenerGuardTest {

    @Test
    void answersConnectionsAboveTheBudgetWithFiveHundredThree() {
        List<RawClient> clients = new ArrayList<>();
        try (TestServer server = guarded(new ConnectionBudget(5, Duration.ofSeconds(10), 7))) {
            for (int i = 0; i < 5; i++) {
                clients.add(server.connect());
            }
            for (int i = 0; i < 60; i++) {
                RawClient refused = RawClient.tcp(server.port());
                clients.add(refused);
                if (i < 20) {
                    // these stay silent and take the places of those who get an ordinary answer
                    continue;
                }
                refused.send(RawClient.head("/hello"));
                assertThat(refused.readAll())
                        .startsWith("HTTP/1.1 503 ")
                        .containsIgnoringCase("Retry-After: 7\r\n");
            }
            assertThat(server.guarded().status().refused()).isEqualTo(60);
            clients.forEach(RawClient::hangUp);
            Await.until(() -> server.guarded().status().open() == 0);
            assertHello(server);
        }
    }

    @Test
    void answersAboveTheBudgetUnderTlsToo() throws Exception {
        TestTls tls = TestTls.create();
        try (TestServer server =
                        TestServer.with(
                                request -> Upgrade.accept(new Recorder()),
                                new ConnectionBudget(1, Duration.ofSeconds(10), 7),
                                () -> TestServer.listener().tls(tls.server()));
                RawClient first = RawClient.tcp(server.port());
                SSLSocket second =
                        (SSLSocket)
                                tls.client()
                                        .getSocketFactory()
                                        .createSocket("localhost", server.port())) {
            second.getOutputStream()
                    .write(RawClient.head("/hello").getBytes(StandardCharsets.US_ASCII));
            assertThat(
                            new String(
                                    second.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 503 ");
            assertThat(first.socket().isConnected()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatSendsNothing() {
        try (TestServer server = guarded(hasty());
                RawClient client = RawClient.tcp(server.port())) {
            assertThat(client.readAll()).isEmpty();
            assertThat(server.guarded().status().expired()).isEqualTo(1);
        }
    }

    @Test
    void closesAConnectionThatSendsHalfAHandshake() {
        try (TestServer server = guarded(hasty());
                RawClient client = RawClient.tcp(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nUpgr");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatSendsHalfASecondRequest() {
        try (TestServer server = guarded(hasty());
                RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.head("/hello"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            client.send("GET /hello HTTP/1.1\r\nHos");
            assertThat(client.readAll()).isEqualTo("hello");
        }
    }

    @Test
    void leavesOpenWebSocketsAndIdleConnectionsAlone() {
        Recorder recorder = new Recorder();
        try (TestServer server =
                        TestServer.with(
                                request -> Upgrade.accept(recorder),
                                hasty(),
                                TestServer::listener);
                RawClient silent = RawClient.tcp(server.port());
                RawClient http = RawClient.tcp(server.port());
                RawClient client = server.connect()) {
            http.send(RawClient.head("/hello"));
            http.readHead();
            assertThat(silent.ended()).isTrue();
            client.text("still here");
            assertThat(recorder.message()).isEqualTo("still here");
            http.send(RawClient.head("/hello"));
            assertThat(http.readHead()).startsWith("helloHTTP/1.1 200 ");
        }
    }

    @Test
    void saysWhyItCannotListen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            TestServer.with(
                                            request -> Upgrade.refuse(404, ""),
                                            hasty(),
                                            () -> TestServer.listener().port(taken.getLocalPort()))
                                    .close())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void startsADeadListenerAgainOnTheSamePort() {
        try (TestServer server = guarded(new ConnectionBudget(100, Duration.ofSeconds(10), 5))) {
            assertHello(server);
            int port = server.port();
            // as if the accept loop had ended
            server.guarded().server().stop();
            Await.until(() -> server.guarded().status().restarts() == 1);
            assertThat(server.port()).isEqualTo(port);
            assertHello(server);
            try (RawClient client = server.connect()) {
                client.close(1000);
                assertThat(client.read().code()).isEqualTo(1000);
            }
        }
    }

    @Test
    void stopsForGood() {
        TestServer server = guarded(hasty());
        int port = server.port();
        server.close();
        assertThat(server.guarded().status().listening()).isFalse();
        assertThatThrownBy(() -> RawClient.tcp(port).hangUp())
                .isInstanceOf(UncheckedIOException.class);
    }

    private static ConnectionBudget hasty() {
        return new ConnectionBudget(100, Duration.ofMillis(500), 5);
    }

    private static TestServer guarded(ConnectionBudget budget) {
        return TestServer.with(
                request -> Upgrade.accept(new Recorder()), budget, TestServer::listener);
    }

    private static void assertHello(TestServer server) {
        try (RawClient client = RawClient.tcp(server.port())) {
            client.send(RawClient.head("/hello"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }
}
