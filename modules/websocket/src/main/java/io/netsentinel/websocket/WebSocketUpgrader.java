package io.netsentinel.websocket;

/// Answers WebSocket handshakes on Helidon's upgrade SPI. Give it to [GuardedServer].
///
/// A request that is not a WebSocket handshake (another method, a body) goes on to ordinary
/// routing. A malformed handshake is answered with 400, a version other than 13 with 426. `Upgrade`
/// and `Connection` are read as lists of case-insensitive tokens.
@SuppressWarnings("DoNotCallSuggester") // surface only, filled in next
public final class WebSocketUpgrader {
    private WebSocketUpgrader() {}

    /// Makes an upgrader.
    ///
    /// @param handler decides about each handshake
    public static WebSocketUpgrader create(UpgradeHandler handler) {
        return new WebSocketUpgrader();
    }

    /// WebSocket connections open now.
    public int connections() {
        throw new UnsupportedOperationException();
    }
}
