package io.netsentinel.queuing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Keeps projections up with the log, each on a thread of its own.
public final class Projections {

    private final EventLog events;
    private final LogContext log;
    private final Store store;
    private final ConcurrentMap<String, ProjectionWorker> workers = new ConcurrentHashMap<>();

    Projections(EventLog events, Store store, LogContext log) {
        this.events = events;
        this.store = store;
        this.log = log;
    }

    void start() {
        Registration _ = events.onCommit(this::committed);
        store.onRebuilt(() -> workers.values().forEach(ProjectionWorker::reload));
    }

    /// Starts a projection: it catches up with the log and then follows it.
    ///
    /// @throws IllegalArgumentException when one of that name runs already
    public void register(Projection projection) {
        ProjectionWorker worker = new ProjectionWorker(projection, events, store, log);
        if (workers.putIfAbsent(projection.name(), worker) != null) {
            throw new IllegalArgumentException(
                    "projection " + projection.name() + " is registered already");
        }
        worker.start();
    }

    /// Up to which offset the log is applied; what the store returns contains it.
    ///
    /// @return 0 when nothing is applied or the projection is not registered
    public long applied(String projection, String channel) {
        return Optional.ofNullable(workers.get(projection))
                .map(worker -> worker.applied(channel))
                .orElse(0L);
    }

    /// Completes when the projection has applied an offset (at once when it has), so that the store
    /// can be read. Fails with [LogClosedException] when the log is closed before.
    ///
    /// @throws IllegalArgumentException when the projection is not registered or does not read that
    ///   channel
    public CompletableFuture<Void> awaitApplied(String projection, String channel, long offset) {
        return Optional.ofNullable(workers.get(projection))
                .filter(worker -> worker.reads(channel))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no projection " + projection + " reads channel " + channel))
                .await(channel, offset);
    }

    private void committed(Committed committed) {
        List<ChannelBatch> batches = committed.batches();
        for (ProjectionWorker worker : workers.values()) {
            if (batches.stream().anyMatch(batch -> worker.reads(batch.channel()))) {
                worker.wake();
            }
        }
    }

    void close() {
        workers.values().forEach(ProjectionWorker::close);
    }
}
