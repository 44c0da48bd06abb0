package io.netsentinel.websocket;

import java.nio.charset.StandardCharsets;

/// Sends every message back, for conformance suites. The next message is not read before the peer
/// has taken the last one, so memory stays at about one message a connection.
public final class EchoHandler implements ConnectionHandler {
    /// Frames and messages up to 16 MiB.
    public static final WebSocketLimits LIMITS =
            WebSocketLimits.defaults().withMaxMessage(16 << 20);

    /// One for each connection.
    public EchoHandler() {}

    @Override
    public void onOpen(WebSocketConnection connection) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onText(String message) {
        throw new UnsupportedOperationException(
                message.getBytes(StandardCharsets.UTF_8).length + "");
    }

    @Override
    public void onClose(CloseEvent event) {}

    @Override
    public boolean fill(FrameBuffer out) {
        return false;
    }
}
