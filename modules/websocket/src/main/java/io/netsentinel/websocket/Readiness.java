package io.netsentinel.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/// Says which sockets have bytes or room: one thread for all connections that were taken from
/// Helidon, so that an idle one needs none, nor the stack on which one would wait (docs/adr/0002).
final class Readiness implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Readiness.class.getName());
    private static final long PAUSE_NANOS = 100_000_000;

    private final Selector selector;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("websocket-readiness").unstarted(this::watch);

    /// @throws UncheckedIOException when there are no descriptors left for it
    Readiness() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch sockets", e);
        }
    }

    /// Starts to watch. Starting twice does nothing.
    synchronized void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /// Takes a socket in, which does not block from now on. Nothing is asked about it yet.
    SelectionKey add(SocketChannel channel, Watch watch) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.register(selector, 0, watch);
        } catch (ClosedSelectorException e) {
            throw new IOException("the server has stopped", e);
        }
    }

    /// What was asked for, or closed, since the last look is looked at. A socket's descriptor is
    /// given back only then.
    void look() {
        selector.wakeup();
    }

    private void watch() {
        while (selector.isOpen()) {
            try {
                selector.select(Readiness::ready);
            } catch (ClosedSelectorException _) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                // whatever it is, every connection depends on this thread
                LOGGER.log(System.Logger.Level.ERROR, "watching sockets failed", e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void ready(SelectionKey key) {
        Watch watch = (Watch) key.attachment();
        try {
            int ready = key.readyOps();
            key.interestOpsAnd(~ready);
            watch.ready(ready);
        } catch (CancelledKeyException _) {
            // whoever closed it has told the watch
        }
    }

    /// Ends the thread. What is still open is asked about no more.
    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "closing the selector", e);
        }
    }
}
