package io.netsentinel.transport;

import io.netsentinel.channels.DurableCursors;
import io.netsentinel.queuing.Inboxes;
import io.netsentinel.queuing.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What is kept for clients while they are away, and the thread that looks after it: it writes down
/// how far durable subscriptions are and takes away what is over. A service every endpoint can get.
public final class Queues implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Queues.class.getName());

    /// With the time a commit takes, less than the second a stored place may be old.
    private static final long SAVE_MILLIS = 500;

    private static final long SWEEP_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long FORGET_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long LAST_SAVE_SECONDS = 2;

    private final QueueSettings settings;
    private final DurableCursors cursors;
    private final Inboxes inboxes;
    private final ScheduledThreadPoolExecutor thread;

    private Queues(Store store, QueueSettings settings, InstantSource clock) {
        this.settings = settings;
        this.cursors =
                DurableCursors.open(store, settings.cursorsPerUser(), settings.cursors(), clock);
        this.inboxes = Inboxes.open(store, settings.inboxes(), clock);
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("queues").factory());
        every(SAVE_MILLIS, this::save);
        every(SWEEP_MILLIS, inboxes::sweep);
        every(FORGET_MILLIS, this::forget);
    }

    /// Opens what is stored in the main database and begins to look after it.
    static Queues start(Store store, QueueSettings settings, InstantSource clock) {
        return new Queues(store, settings, clock);
    }

    private void every(long millis, Runnable task) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                LOG.log(Level.ERROR, "cannot look after the queues", e);
                            }
                        },
                        millis,
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void save() {
        // while nothing can be written the log says so itself, and it is tried again
        var _ = cursors.save();
    }

    private void forget() {
        int forgotten = cursors.forget(settings.cursorMaxIdle());
        int clients = inboxes.forget(settings.clientMaxIdle());
        if (forgotten > 0 || clients > 0) {
            LOG.log(
                    Level.INFO,
                    () ->
                            forgotten
                                    + " durable subscriptions and "
                                    + clients
                                    + " clients nobody came back to were removed");
        }
    }

    /// What may be kept, and how long.
    QueueSettings settings() {
        return settings;
    }

    /// Durable subscriptions.
    public DurableCursors cursors() {
        return cursors;
    }

    /// Direct messages.
    public Inboxes inboxes() {
        return inboxes;
    }

    /// Writes everything down and stops looking after it.
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.shutdownNow();
        try {
            cursors.save().get(LAST_SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "the places of durable subscriptions are not all written", e);
        }
    }
}
