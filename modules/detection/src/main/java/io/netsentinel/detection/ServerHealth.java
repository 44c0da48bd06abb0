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

/// How the server itself is doing: disk, heap, database, what waits for the log, how far what reads
/// it is behind, and whether the detectors have room for all they see. When a condition changes,
/// that is said on `system`.
public final class ServerHealth implements AutoCloseable {
    private final Watch watch;

    private ServerHealth(Watch watch) {
        this.watch = watch;
    }

    /// Looks every five seconds from now on.
    ///
    /// @param data the data directory
    /// @param detection how far the detectors are, and whether they can keep account of all they
    ///   see
    /// @param publish where the events go
    public static ServerHealth start(
            EventLog log,
            Path data,
            Detection detection,
            Function<Append, CompletableFuture<Appended>> publish,
            Clock clock) {
        return new ServerHealth(Watch.start(log, data, detection, publish, clock));
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
