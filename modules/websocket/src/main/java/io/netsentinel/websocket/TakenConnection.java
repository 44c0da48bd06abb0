package io.netsentinel.websocket;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A connection that was taken from Helidon ([Takeover]): it is read when there are bytes, and
/// Helidon's thread ends. Whoever stops the server ends it by its [WebSocketUpgrader], and a
/// listener that is started again does not end it.
final class TakenConnection implements ServerConnection {
    private final WebSocketConnection connection;
    private final Watch watch;
    private final Reader reader;
    private final AtomicBoolean begun = new AtomicBoolean();

    TakenConnection(WebSocketConnection connection, Watch watch, Reader reader) {
        this.connection = connection;
        this.watch = watch;
        this.reader = reader;
    }

    @Override
    public void handle(Limit limit) {
        begin();
    }

    /// Helidon never has it long enough to ask.
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    /// When the server stops before [#handle(Limit)] was called, the reader begins all the same: it
    /// is what ends the connection. Afterwards it is no matter of Helidon's.
    @Override
    public void close(boolean interrupt) {
        if (begin()) {
            connection.stop();
        }
    }

    /// @return false when it has begun before
    private boolean begin() {
        boolean first = begun.compareAndSet(false, true);
        if (first) {
            watch.begin(reader);
        }
        return first;
    }
}
