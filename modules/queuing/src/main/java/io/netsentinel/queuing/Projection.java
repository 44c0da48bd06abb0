package io.netsentinel.queuing;

import java.util.List;
import java.util.Set;

/// Turns events of the log into rows of the [Store]. Every event is applied exactly once: the rows
/// and the offset up to which the log was applied commit together, and after a crash the projection
/// goes on from there.
public interface Projection {

    /// Name of the projection: it finds its position by it, so never change it. A new name starts
    /// from the oldest event.
    String name();

    /// The channels it reads.
    Set<String> channels();

    /// Applies events in offset order. Runs on one thread per projection. When it throws, nothing
    /// of the batch is kept and the events are tried again one by one; one that keeps failing is
    /// skipped, counted and reported.
    ///
    /// @param channel the channel they are from
    /// @param epoch the epoch of these offsets
    /// @param records the events, ascending; offsets may be missing (retention, damage)
    /// @param batch takes the changes
    void apply(String channel, String epoch, List<LogRecord> records, StoreBatch batch);
}
