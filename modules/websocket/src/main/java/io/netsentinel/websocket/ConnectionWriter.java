package io.netsentinel.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The one writer of a connection, which has a thread as long as there is something to send: the
/// [WriterPool]'s, or one of its own where the socket blocks or its peer was slow. It writes what
/// [ConnectionHandler#fill(FrameBuffer)] gives, one socket write a round.
final class ConnectionWriter {
    private static final ThreadFactory THREADS =
            Thread.ofVirtual()
                    .name("websocket-writer")
                    .inheritInheritableThreadLocals(false)
                    .factory();

    private final WebSocketConnection connection;
    private final ConnectionHandler handler;
    private final UpgradedSocket socket;
    private final Outlet outlet;
    private final StagingPool buffers;
    private final PendingControls controls = new PendingControls();

    private final Calls calls = new Calls();

    private volatile boolean peerIsSlow;

    /// The pool's thread that is doing a round, if it is one of those.
    private WriterPool.@Nullable Worker worker;

    /// `System.nanoTime()` since which the socket took nothing, 0 when no write is under way.
    private volatile long blockedSince;

    /// True when nothing will be written any more.
    private volatile boolean done;

    ConnectionWriter(
            WebSocketConnection connection, ConnectionHandler handler, UpgradedSocket socket) {
        this.connection = connection;
        this.handler = handler;
        this.socket = socket;
        this.outlet = socket.outlet();
        this.buffers = socket.buffers();
    }

    /// From now on there may be rounds; wakes until now were not lost.
    void begin() {
        if (!rest()) {
            start();
        }
    }

    PendingControls controls() {
        return controls;
    }

    /// Makes sure a round begins after this call.
    void wake() {
        if (calls.call()) {
            start();
        }
    }

    private void start() {
        if (socket.watch().taken() && !peerIsSlow) {
            socket.pool().submit(this);
        } else {
            THREADS.newThread(this::run).start();
        }
    }

    /// A round on a thread of the pool, or, if there was no room for it, all that are to come.
    ///
    /// @return true when there is to be another
    boolean turn(WriterPool.Worker thread) {
        worker = thread;
        boolean more = attempt();
        worker = null;
        if (thread.left()) {
            finishAlone(more);
            return false;
        }
        // the handler may take its time with the end: not while others wait
        return more || !rest(() -> THREADS.newThread(connection::ended).start());
    }

    @SuppressWarnings("ThreadPriorityCheck") // as in rounds
    private void finishAlone(boolean more) {
        if (more) {
            Thread.yield();
        } else if (rest()) {
            return;
        }
        run();
    }

    /// No further rounds.
    ///
    /// @return true when the writer rests, false when it runs and will call
    ///   [WebSocketConnection#ended()] as it ends
    boolean finish() {
        return calls.finish();
    }

    /// How long the socket has taken nothing of a write, nanoseconds.
    long blockedNanos(long now) {
        long since = blockedSince;
        return since == 0 ? 0 : now - since;
    }

    /// Waits until the close frame is written or never will be.
    void awaitDone() throws InterruptedException {
        synchronized (this) {
            while (!done) {
                wait();
            }
        }
    }

    boolean isDone() {
        return done;
    }

    /// Nothing will be written any more.
    void markDone() {
        synchronized (this) {
            done = true;
            notifyAll();
        }
    }

    private void run() {
        do {
            rounds();
        } while (!rest());
    }

    /// @return false when called again meanwhile
    private boolean rest() {
        return rest(connection::ended);
    }

    private boolean rest(Runnable end) {
        Calls.Next next = calls.done();
        if (next == Calls.Next.END) {
            end.run();
        }
        return next != Calls.Next.WORK;
    }

    @SuppressWarnings("ThreadPriorityCheck") // else a long replay would keep its carrier thread
    private void rounds() {
        while (attempt()) {
            Thread.yield();
        }
    }

    /// @return true when there is to be another round
    private boolean attempt() {
        try {
            return !done && round();
        } catch (IOException | UncheckedIOException e) {
            markDone();
            connection.lost(e);
        } catch (RuntimeException | Error e) {
            // whatever it is, somebody waits for the end of this connection
            connection.failed(e);
            markDone();
            connection.lost(e);
        }
        return false;
    }

    private boolean round() throws IOException {
        Closing closing = connection.closing();
        ByteBuffer staging = buffers.take(peerIsSlow);
        try {
            return round(new FrameBuffer(staging, connection.deflation()), closing);
        } finally {
            buffers.give(staging);
        }
    }

    private boolean round(FrameBuffer out, @Nullable Closing closing) throws IOException {
        boolean more = false;
        if (closing == null || closing.farewell()) {
            controls.drainTo(out);
            boolean wanted = fill(out);
            more = wanted && !out.isEmpty();
        }
        if (closing == null) {
            send(out);
            return more;
        }
        if (closing.frame().isPresent()) {
            CloseFrame frame = closing.frame().get();
            out.close(frame.payload());
            send(out);
            connection.closeSent(frame.code());
        }
        markDone();
        return false;
    }

    private void awaitRoom() throws IOException {
        if (worker != null) {
            worker.leave();
        }
        outlet.awaitRoom();
    }

    private boolean fill(FrameBuffer out) {
        try {
            return handler.fill(out);
        } catch (RuntimeException | Error e) {
            connection.failed(e);
            return false;
        }
    }

    private void send(FrameBuffer out) throws IOException {
        if (out.isEmpty()) {
            return;
        }
        boolean blocked = false;
        try {
            ByteBuffer bytes = out.next(true);
            while (bytes != null) {
                blocked |= write(bytes);
                bytes = out.next(false);
            }
        } finally {
            blockedSince = 0;
        }
        if (peerIsSlow != blocked) {
            peerIsSlow = blocked;
        }
        connection.sent(out.messages());
        handler.written();
    }

    /// @return true when the socket did not take everything at once
    private boolean write(ByteBuffer bytes) throws IOException {
        boolean blocked = false;
        blockedSince = System.nanoTime() | 1;
        while (bytes.hasRemaining()) {
            int before = bytes.remaining();
            outlet.write(bytes);
            int took = before - bytes.remaining();
            if (took == 0) {
                awaitRoom();
            } else {
                connection.wrote(took);
                blockedSince = bytes.hasRemaining() ? System.nanoTime() | 1 : 0;
            }
            blocked |= bytes.hasRemaining();
        }
        return blocked;
    }
}
