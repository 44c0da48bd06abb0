package io.netsentinel.queuing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps projections up with the log.
public final class Projections {

    private final Store store;
    private final List<Projection> registered = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, Long> applied = new ConcurrentHashMap<>();

    Projections(Store store) {
        this.store = store;
    }

    /// Starts a projection: it catches up with the log and then follows it.
    ///
    /// @throws IllegalArgumentException when one of that name runs already
    public void register(Projection projection) {
        if (registered.stream().anyMatch(p -> p.name().equals(projection.name()))) {
            throw new IllegalArgumentException(
                    "projection " + projection.name() + " is registered already");
        }
        registered.add(projection);
    }

    /// Up to which offset the log is applied; what the store returns contains it.
    ///
    /// @return 0 when nothing is applied or the projection is not registered
    public long applied(String projection, String channel) {
        return Optional.ofNullable(applied.get(projection + "/" + channel)).orElse(0L);
    }

    /// Completes when the projection has applied an offset (at once when it has), so that the store
    /// can be read.
    public CompletableFuture<Void> awaitApplied(String projection, String channel, long offset) {
        return applied(projection, channel) >= offset
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new LogClosedException());
    }

    void committed(Committed committed) {
        for (ChannelBatch batch : committed.batches()) {
            for (Projection projection : registered) {
                if (projection.channels().contains(batch.channel())) {
                    StoreBatch changes = new StoreBatch();
                    projection.apply(batch.channel(), batch.epoch(), batch.records(), changes);
                    store.commit(changes).join();
                    applied.put(
                            projection.name() + "/" + batch.channel(),
                            batch.records().getLast().offset());
                }
            }
        }
    }
}
