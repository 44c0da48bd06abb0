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

    private @Nullable ArrayDeque<Message> messages;
    private int bytes;
    private boolean closed;

    /// A message on its way.
    ///
    /// @param afterwards run by the writer as soon as it is in a write
    private record Message(Frame frame, Runnable afterwards) {
        int length() {
            return frame.bytes().length;
        }
    }

    void add(Frame message) {
        add(message, () -> {});
    }

    /// Adds a message after which something is different for what comes behind it.
    ///
    /// @param afterwards run by the writer, between this message and the next
    synchronized void add(Frame frame, Runnable afterwards) {
        if (closed) {
            return;
        }
        if (messages == null) {
            messages = new ArrayDeque<>(4);
        }
        messages.add(new Message(frame, afterwards));
        bytes += frame.bytes().length;
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

    /// Bytes that wait to be written.
    synchronized int bytes() {
        return bytes;
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
    synchronized boolean drainTo(FrameBuffer out, Wire wire, int spare) {
        ArrayDeque<Message> waiting = messages;
        if (waiting == null) {
            return true;
        }
        while (!waiting.isEmpty()) {
            Message next = waiting.getFirst();
            boolean tight = !out.isEmpty() && wire.free(out) < next.length() + spare;
            if (tight || !wire.add(out, next.frame())) {
                return false;
            }
            waiting.removeFirst();
            next.afterwards().run();
            taken(next.length());
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
        bytes = 0;
        notifyAll();
    }
}
