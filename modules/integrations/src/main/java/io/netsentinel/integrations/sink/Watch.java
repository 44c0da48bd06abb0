package io.netsentinel.integrations.sink;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Ends a delivery that takes too long, by interrupting its thread: a virtual thread that is
/// interrupted in a socket's read or write closes the socket and goes on with an exception. Nothing
/// else the thread does is ever interrupted.
final class Watch implements AutoCloseable {
    private final Thread watched = Thread.currentThread();
    private final ScheduledFuture<?> end;
    private boolean over;
    private boolean fired;

    private Watch(ScheduledExecutorService timer, Duration time) {
        end = timer.schedule(this::fire, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Watches the calling thread from now on.
    static Watch over(ScheduledExecutorService timer, Duration time) {
        return new Watch(timer, time);
    }

    /// Ends the delivery now. From any thread.
    synchronized void fire() {
        if (!over) {
            fired = true;
            watched.interrupt();
        }
    }

    /// Whether the delivery was ended.
    synchronized boolean fired() {
        return fired;
    }

    @Override
    public void close() {
        synchronized (this) {
            over = true;
        }
        end.cancel(false);
        // what was meant for the delivery must not end what comes after it
        var _ = Thread.interrupted();
    }
}
