package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a connection from the 101 to its end: in one go where its socket blocks, else in turns,
/// each as long as there are bytes, on whatever thread, one at a time.
final class Reader {
    /// Reads after which others have the processor.
    private static final int SHARE = 64;

    private final WebSocketConnection connection;
    private final UpgradedSocket socket;
    private final Inlet inlet;
    private final FrameReader frames;
    private boolean opened;

    /// After a failure: what still comes is forgotten.
    private boolean lingering;

    Reader(WebSocketConnection connection, UpgradedSocket socket, Inlet inlet) {
        this.connection = connection;
        this.socket = socket;
        this.inlet = inlet;
        this.frames = new FrameReader(connection, connection.limits(), connection.deflation());
    }

    /// Reads until the connection is over; whoever calls closes the socket.
    void read() throws InterruptedException {
        boolean over = false;
        while (!over) {
            over = turn();
        }
    }

    /// Reads what there is.
    ///
    /// @return true when the connection is over: whoever calls closes the socket
    boolean turn() throws InterruptedException {
        boolean over = true;
        try {
            over = lingering ? forget() : converse();
            return over;
        } finally {
            if (over) {
                connection.finish();
            }
        }
    }

    /// Closes the socket, and tells who has to know unless that was done.
    void end() {
        socket.close();
        connection.finish();
    }

    /// Ends every read and write.
    void close() {
        socket.close();
    }

    private boolean converse() throws InterruptedException {
        try {
            if (!opened) {
                opened = true;
                connection.open();
            }
            return readOn();
        } catch (Violation e) {
            connection.violated(e);
            return linger();
        } catch (RuntimeException | Error e) {
            connection.failed(e);
            return linger();
        }
    }

    /// @return false when there are no bytes now; true after the peer's close frame, or when the
    ///   connection was lost
    @SuppressWarnings("ThreadPriorityCheck") // else a peer that never pauses would keep a processor
    private boolean readOn() throws InterruptedException {
        for (int reads = 1; ; reads++) {
            if (reads % SHARE == 0) {
                Thread.yield();
            }
            BufferData bytes = next();
            if (bytes == null) {
                return true;
            }
            if (bytes.consumed()) {
                return false;
            }
            connection.received(bytes.available());
            if (!frames.read(bytes)) {
                connection.awaitCloseWritten();
                return true;
            }
        }
    }

    /// After a failure: lets the close frame go out, then reads and forgets what still comes, so
    /// that unread bytes do not turn the end into a reset that would swallow the close frame.
    private boolean linger() throws InterruptedException {
        connection.awaitCloseWritten();
        socket.finishOutput();
        lingering = true;
        return forget();
    }

    /// @return false when there are no bytes now. The close timeout ends a peer that goes on
    ///   sending
    @SuppressWarnings("ThreadPriorityCheck") // as in readOn
    private boolean forget() {
        BufferData bytes = next();
        for (int reads = 1; bytes != null && !bytes.consumed(); reads++) {
            if (reads % SHARE == 0) {
                Thread.yield();
            }
            bytes = next();
        }
        return bytes == null;
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
