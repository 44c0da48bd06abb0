package io.netsentinel.websocket;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Who waits for one socket: its [Reader], which has a virtual thread only while there are bytes,
/// and its writer while the socket takes none.
final class Watch {
    private static final ThreadFactory THREADS =
            Thread.ofVirtual()
                    .name("websocket-reader")
                    .inheritInheritableThreadLocals(false)
                    .factory();

    private final Readiness readiness;
    private final SocketChannel channel;

    private final Calls calls = new Calls();

    private volatile @Nullable SelectionKey key;
    private @Nullable Reader reader;

    /// Who waits for room, if anybody.
    private volatile @Nullable Thread writer;

    private volatile boolean room;

    Watch(Readiness readiness, SocketChannel channel) {
        this.readiness = readiness;
        this.channel = channel;
    }

    /// From now on the socket does not block. Before anybody writes to it.
    void take() throws IOException {
        key = readiness.add(channel, this);
    }

    /// Whether the socket does not block.
    boolean taken() {
        return key != null;
    }

    /// The reader's first turn; the others when there are bytes, until it is through.
    void begin(Reader first) {
        reader = first;
        THREADS.newThread(this::run).start();
    }

    /// Called by the thread that watches.
    void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            call();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            release();
        }
    }

    /// The socket was closed, by whomever: who waits for it finds out.
    void closed() {
        if (taken()) {
            readiness.look();
            release();
            call();
        }
    }

    /// Waits until the socket takes something, or is closed. The one writer calls it.
    void awaitRoom() throws IOException {
        room = false;
        writer = Thread.currentThread();
        try {
            ask(SelectionKey.OP_WRITE);
            while (!room) {
                LockSupport.park(this);
                if (Thread.currentThread().isInterrupted()) {
                    throw new ClosedByInterruptException();
                }
            }
        } catch (CancelledKeyException _) {
            throw new ClosedChannelException();
        } finally {
            writer = null;
        }
    }

    private void release() {
        room = true;
        Thread waiting = writer;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    private void ask(int operation) {
        Objects.requireNonNull(key).interestOpsOr(operation);
        readiness.look();
    }

    /// Makes sure a turn begins after this call.
    private void call() {
        if (calls.call()) {
            THREADS.newThread(this::run).start();
        }
    }

    private void run() {
        Reader turns = Objects.requireNonNull(reader);
        boolean resting = false;
        try {
            while (!resting && !turns.turn()) {
                resting = rest();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // also when something was thrown: nobody would come back to it
            if (!resting) {
                calls.finish();
                turns.end();
            }
        }
    }

    /// @return false when it was called meanwhile
    private boolean rest() {
        try {
            ask(SelectionKey.OP_READ);
        } catch (CancelledKeyException _) {
            turnsEnd();
        }
        return calls.done() == Calls.Next.REST;
    }

    /// Nobody would call any more, so the next turn is the one that finds it closed.
    private void turnsEnd() {
        Objects.requireNonNull(reader).close();
        call();
    }
}
