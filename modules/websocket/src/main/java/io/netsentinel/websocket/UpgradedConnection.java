package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The reader: Helidon's thread for the connection, from the 101 to the end.
final class UpgradedConnection implements ServerConnection {
    private final WebSocketConnection connection;
    private final UpgradedSocket socket;
    private final Inlet inlet;
    private final AtomicBoolean begun = new AtomicBoolean();

    UpgradedConnection(WebSocketConnection connection, UpgradedSocket socket, Inlet inlet) {
        this.connection = connection;
        this.socket = socket;
        this.inlet = inlet;
    }

    /// Helidon's limit is for requests; a WebSocket has limits of its own.
    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            converse();
        } finally {
            connection.finish();
        }
    }

    @Override
    public Duration idleTime() {
        return Duration.ofNanos(connection.idleNanos(System.nanoTime()));
    }

    /// The server stops, or the connection was idle. With `interrupt` there is no more time.
    @Override
    public void close(boolean interrupt) {
        connection.stop();
        if (interrupt) {
            socket.close();
        }
        if (begun.compareAndSet(false, true)) {
            connection.finish();
        }
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
