package io.netsentinel.detection;

import io.netsentinel.detection.health.Watch;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// How the server itself is doing: disk, heap, database, and how far what reads the log is behind.
/// When a condition changes, that is said on `system`.
public final class ServerHealth implements AutoCloseable {
    private final Watch watch;

    private ServerHealth(Watch watch) {
        this.watch = watch;
    }

    /// Looks every five seconds from now on.
    ///
    /// @param data the data directory
    /// @param behind how many events the detectors have still to look at
    /// @param publish where the events go
    public static ServerHealth start(
            EventLog log,
            Path data,
            LongSupplier behind,
            Function<Append, CompletableFuture<Appended>> publish,
            Clock clock) {
        return new ServerHealth(Watch.start(log, data, behind, publish, clock));
    }

    /// The conditions now, in a fixed order.
    public List<HealthCondition> conditions() {
        return watch.conditions();
    }

    @Override
    public void close() {
        watch.close();
    }
}
