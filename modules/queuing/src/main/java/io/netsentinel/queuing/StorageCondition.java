package io.netsentinel.queuing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The log's health and what it has to report.
final class StorageCondition {

    private static final int MOST_REPORTS = 1_000;
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    private final InstantSource clock;
    private final List<Consumer<StorageHealth>> listeners = new CopyOnWriteArrayList<>();
    private final Deque<StorageReport> reports = new ArrayDeque<>();
    private volatile StorageHealth health = new StorageHealth.Ok();

    StorageCondition(InstantSource clock) {
        this.clock = clock;
    }

    StorageHealth health() {
        return health;
    }

    boolean degraded() {
        return health instanceof StorageHealth.Degraded;
    }

    /// The failure every write gets while degraded.
    StorageDegradedException refusal() {
        return new StorageDegradedException(
                health instanceof StorageHealth.Degraded(String reason, Instant _)
                        ? reason
                        : "the storage is degraded");
    }

    void degrade(String reason) {
        if (!degraded()) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "storage degraded, nothing can be written: " + reason);
            change(new StorageHealth.Degraded(reason, clock.instant()));
        }
    }

    void recover() {
        if (degraded()) {
            LOGGER.log(System.Logger.Level.INFO, "storage recovered, writing goes on");
            change(new StorageHealth.Ok());
        }
    }

    private void change(StorageHealth now) {
        health = now;
        for (Consumer<StorageHealth> listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.ERROR, "a health listener failed", e);
            }
        }
    }

    Registration listen(Consumer<StorageHealth> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void report(StorageReport.Kind kind, String message) {
        LOGGER.log(System.Logger.Level.WARNING, message);
        synchronized (reports) {
            if (reports.size() == MOST_REPORTS) {
                reports.removeFirst();
            }
            reports.addLast(new StorageReport(clock.instant(), kind, message));
        }
    }

    List<StorageReport> reports() {
        synchronized (reports) {
            return new ArrayList<>(reports);
        }
    }
}
