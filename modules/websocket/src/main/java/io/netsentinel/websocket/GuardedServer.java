package io.netsentinel.websocket;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.function.Supplier;

/// A Helidon server that outlives a shortage of file descriptors.
///
/// Helidon's accept loop ends for good when `accept` fails, and above `maxTcpConnections` clients
/// hang without an answer. So connections are counted here and kept below the process's limit,
/// those above are answered with 503, and a listener that died all the same is started again.
@SuppressWarnings("DoNotCallSuggester") // surface only, filled in next
public final class GuardedServer {
    private GuardedServer() {}

    /// Starts to listen.
    ///
    /// @param listener makes a fresh builder with address, port, routing and TLS, for the start and
    ///   for every restart; connection options, NIO and shutdown hook are set here
    /// @param http1 makes the settings of HTTP/1.1 (limits of request line and headers)
    /// @param upgrader answers the WebSocket handshakes
    /// @param budget how many connections
    /// @throws java.io.UncheckedIOException when the address cannot be bound (port in use, no
    ///   permission); its message names the address
    public static GuardedServer start(
            Supplier<WebServerConfig.Builder> listener,
            Supplier<Http1Config.Builder> http1,
            WebSocketUpgrader upgrader,
            ConnectionBudget budget) {
        return new GuardedServer();
    }

    /// The port in use, the same after a restart.
    public int port() {
        throw new UnsupportedOperationException();
    }

    /// The Helidon server of this moment; another one after a restart.
    public WebServer server() {
        throw new UnsupportedOperationException();
    }

    /// What the guard saw.
    public Status status() {
        throw new UnsupportedOperationException();
    }

    /// Closes every WebSocket with `code`, waits for the peers at most `drain`, stops the server.
    /// No new connection is taken from the moment of the call.
    public void stop(int code, String reason, Duration drain) {
        throw new UnsupportedOperationException();
    }

    /// The listener and its connections at one moment.
    ///
    /// @param listening false while the listener is down or paused for want of descriptors
    /// @param open TCP connections open now
    /// @param budget TCP connections allowed
    /// @param refused connections answered with 503 since the start
    /// @param expired connections closed because no request came in time, since the start
    /// @param restarts how often the listener was started again
    public record Status(
            boolean listening, int open, int budget, long refused, long expired, int restarts) {}
}
