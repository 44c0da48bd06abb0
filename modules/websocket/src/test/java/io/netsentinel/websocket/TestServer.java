package io.netsentinel.websocket;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.function.Supplier;

/// A server on a free loopback port, with `GET /hello` beside the WebSockets.
final class TestServer implements AutoCloseable {
    private static final ConnectionBudget BUDGET =
            new ConnectionBudget(5_000, Duration.ofSeconds(10), 5);

    private final GuardedServer server;
    private final WebSocketUpgrader upgrader;

    private TestServer(GuardedServer server, WebSocketUpgrader upgrader) {
        this.server = server;
        this.upgrader = upgrader;
    }

    /// Accepts every handshake with handlers made by `handlers`.
    static TestServer of(Supplier<ConnectionHandler> handlers) {
        return of(handlers, WebSocketLimits.defaults());
    }

    static TestServer of(Supplier<ConnectionHandler> handlers, WebSocketLimits limits) {
        return deciding(request -> Upgrade.accept(handlers.get()).withLimits(limits));
    }

    static TestServer deciding(UpgradeHandler handler) {
        return with(handler, BUDGET, TestServer::listener);
    }

    static TestServer with(
            UpgradeHandler handler,
            ConnectionBudget budget,
            Supplier<WebServerConfig.Builder> listener) {
        WebSocketUpgrader upgrader = WebSocketUpgrader.create(handler);
        return new TestServer(
                GuardedServer.start(listener, Http1Config::builder, upgrader, budget), upgrader);
    }

    static WebServerConfig.Builder listener() {
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(
                        HttpRouting.builder()
                                .get("/hello", (request, response) -> response.send("hello")));
    }

    int port() {
        return server.port();
    }

    GuardedServer guarded() {
        return server;
    }

    int connections() {
        return upgrader.connections();
    }

    RawClient connect() {
        return RawClient.connect(port());
    }

    @Override
    public void close() {
        server.stop(1001, "", Duration.ofMillis(200));
    }
}
