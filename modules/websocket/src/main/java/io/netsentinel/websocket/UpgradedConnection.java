package io.netsentinel.websocket;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A connection that is read by Helidon's thread for it, to its end.
final class UpgradedConnection implements ServerConnection {
    private final WebSocketConnection connection;
    private final Reader reader;
    private final AtomicBoolean begun = new AtomicBoolean();

    UpgradedConnection(WebSocketConnection connection, Reader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    /// Helidon's limit is for requests; a WebSocket has limits of its own.
    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (begun.compareAndSet(false, true)) {
            reader.read();
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
            reader.close();
        }
        if (begun.compareAndSet(false, true)) {
            connection.finish();
        }
    }
}
