package io.netsentinel.transport;

import io.netsentinel.channels.Frame;
import io.netsentinel.websocket.FrameBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Messages for one connection that are not events: replies above all. Takes no memory while it is
/// empty.
///
/// Whoever reads the client's commands waits here when the client does not take the answers.
final class Outbox {
    private static final int FULL = 256 << 10;
    private static final int CROWDED = 64 << 10;

    private @Nullable ArrayDeque<Frame> messages;
    private int bytes;
    private boolean closed;

    synchronized void add(Frame message) {
        if (closed) {
            return;
        }
        if (messages == null) {
            messages = new ArrayDeque<>(4);
        }
        messages.add(message);
        bytes += message.bytes().length;
    }

    /// Adds a message unless many wait already.
    ///
    /// @return whether it was added
    synchronized boolean addIfRoom(Frame message) {
        boolean room = !closed && bytes < CROWDED;
        if (room) {
            add(message);
        }
        return room;
    }

    /// Waits until there is room for answers.
    ///
    /// @return false when the connection is over
    synchronized boolean awaitRoom() {
        boolean interrupted = false;
        while (!closed && bytes >= FULL) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
                closed = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !closed;
    }

    /// Moves messages into a write.
    ///
    /// @param spare bytes to leave free
    /// @return true when all are in
    synchronized boolean drainTo(FrameBuffer out, int spare) {
        ArrayDeque<Frame> waiting = messages;
        if (waiting == null) {
            return true;
        }
        while (!waiting.isEmpty()) {
            Frame next = waiting.getFirst();
            boolean tight = !out.isEmpty() && out.room() < next.bytes().length + spare;
            if (tight || !Wire.add(out, next)) {
                return false;
            }
            waiting.removeFirst();
            taken(next.bytes().length);
        }
        messages = null;
        return true;
    }

    private void taken(int length) {
        boolean full = bytes >= FULL;
        bytes -= length;
        if (full && bytes < FULL) {
            notifyAll();
        }
    }

    /// The connection is over: nobody waits any more.
    synchronized void close() {
        closed = true;
        messages = null;
        notifyAll();
    }
}
