package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a connection from the 101 to its end, on one thread.
final class Reader implements Runnable {
    private final WebSocketConnection connection;
    private final UpgradedSocket socket;
    private final Inlet inlet;

    Reader(WebSocketConnection connection, UpgradedSocket socket, Inlet inlet) {
        this.connection = connection;
        this.socket = socket;
        this.inlet = inlet;
    }

    /// On a thread that ends with it.
    @Override
    public void run() {
        try {
            read();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            socket.close();
        }
    }

    /// Reads until the connection is over; whoever calls closes the socket.
    void read() throws InterruptedException {
        try {
            converse();
        } finally {
            connection.finish();
        }
    }

    /// Ends every read and write.
    void close() {
        socket.close();
    }

    private void converse() throws InterruptedException {
        try {
            connection.open();
            if (!readToEnd()) {
                return;
            }
            connection.awaitCloseWritten();
        } catch (Violation e) {
            connection.violated(e);
            linger();
        } catch (RuntimeException | Error e) {
            connection.failed(e);
            linger();
        }
    }

    /// @return true after the peer's close frame, false when the connection was lost
    private boolean readToEnd() {
        FrameReader frames =
                new FrameReader(connection, connection.limits(), connection.deflation());
        while (true) {
            BufferData bytes = next();
            if (bytes == null) {
                return false;
            }
            connection.received(bytes.available());
            if (!frames.read(bytes)) {
                return true;
            }
        }
    }

    /// After a failure: lets the close frame go out, then reads and forgets what still comes, so
    /// that unread bytes do not turn the end into a reset that would swallow the close frame.
    private void linger() throws InterruptedException {
        connection.awaitCloseWritten();
        socket.finishOutput();
        while (next() != null) {
            // the close timeout ends a peer that goes on sending
        }
    }

    private @Nullable BufferData next() {
        try {
            return inlet.next();
        } catch (IOException e) {
            connection.lost(e);
            return null;
        }
    }
}
