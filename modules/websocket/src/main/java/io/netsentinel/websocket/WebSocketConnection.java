package io.netsentinel.websocket;

import java.net.SocketAddress;
import java.util.Optional;

/// One open WebSocket. Every method may be called from any thread and none of them blocks.
@SuppressWarnings("DoNotCallSuggester") // surface only, filled in next
public final class WebSocketConnection {
    WebSocketConnection() {}

    /// Says that [ConnectionHandler#fill(FrameBuffer)] has something to send. Cheap and coalesced:
    /// starts the writer (a virtual thread that ends when there is nothing to do) unless it is
    /// already going to ask again. Without effect on a closed connection.
    public void wake() {
        throw new UnsupportedOperationException();
    }

    /// Starts the close handshake; the first call wins. `fill` is called one last time, so a
    /// farewell can be put there; the close frame follows in the same write. The connection ends
    /// when the peer answers, or after the close timeout.
    ///
    /// @param code 1000 to 1003, 1007 to 1014 or 3000 to 4999
    /// @param reason for the peer; cut to 123 bytes of UTF-8
    public void close(int code, String reason) {
        throw new UnsupportedOperationException();
    }

    /// Ends the connection at once, without a handshake (TCP reset).
    public void abort() {
        throw new UnsupportedOperationException();
    }

    /// Sends a ping before anything `fill` adds.
    ///
    /// @param payload at most 125 bytes
    public void ping(byte[] payload) {
        throw new UnsupportedOperationException();
    }

    /// True until a close was requested by either side or the connection was lost.
    public boolean isOpen() {
        throw new UnsupportedOperationException();
    }

    /// `System.nanoTime()` of the last bytes received; any frame counts.
    public long lastReceivedNanos() {
        throw new UnsupportedOperationException();
    }

    /// Bytes received after the handshake.
    public long bytesIn() {
        throw new UnsupportedOperationException();
    }

    /// Bytes the socket took after the handshake.
    public long bytesOut() {
        throw new UnsupportedOperationException();
    }

    /// Complete messages received.
    public long messagesIn() {
        throw new UnsupportedOperationException();
    }

    /// Data frames given to the socket.
    public long messagesOut() {
        throw new UnsupportedOperationException();
    }

    /// Address of the socket's peer.
    public SocketAddress remote() {
        throw new UnsupportedOperationException();
    }

    /// The subprotocol agreed on.
    public Optional<String> subprotocol() {
        throw new UnsupportedOperationException();
    }
}
