package io.netsentinel.transport;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends requests whose client has stopped sending the body it announced. Helidon would wait for
/// ever: a few bytes a client would keep a connection and its thread.
///
/// A thread that waits for bytes is interrupted after a while of silence, which closes its socket.
/// It never is while it does anything else.
final class BodyWatch implements AutoCloseable {
    private final long patienceNanos;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    BodyWatch(Duration patience) {
        this.patienceNanos = patience.toNanos();
        Thread.ofPlatform().daemon().name("body-watch").start(this::watch);
    }

    /// Reads from a client.
    @FunctionalInterface
    interface Read<T> {
        T run() throws IOException;
    }

    /// Runs a read that may wait for the client.
    ///
    /// @throws CloseConnectionException when the client was silent for too long; the socket is
    ///   closed
    <T> T reading(Read<T> read) throws IOException {
        Wait wait = new Wait();
        waits.add(wait);
        try {
            return read.run();
        } catch (IOException | RuntimeException e) {
            if (wait.isOver()) {
                throw new CloseConnectionException("the body did not arrive in time", e);
            }
            throw e;
        } finally {
            waits.remove(wait);
            wait.end();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                long now = System.nanoTime();
                waits.forEach(wait -> wait.check(now, patienceNanos));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Wait {
        private final Thread thread = Thread.currentThread();
        private final long since = System.nanoTime();
        private boolean ended;
        private boolean over;

        synchronized void check(long now, long patienceNanos) {
            if (!ended && !over && now - since > patienceNanos) {
                over = true;
                thread.interrupt();
            }
        }

        synchronized boolean isOver() {
            return over;
        }

        /// Nothing that follows may meet the interrupt that was meant for the read.
        synchronized void end() {
            ended = true;
            if (over) {
                Thread.interrupted();
            }
        }
    }
}
