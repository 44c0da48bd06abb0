package io.netsentinel.queuing;

import java.time.Duration;

/// Figures of the log since it was opened.
///
/// @param events entries committed
/// @param bytes payload bytes committed
/// @param groups commits
/// @param duplicates appends answered from a known idempotency key
/// @param refused appends refused because the queue was full or the storage degraded
/// @param queuedEvents entries waiting for their commit now
/// @param queuedBytes payload bytes waiting for their commit now
/// @param commit time from taking a group off the queue to its high-water mark
/// @param append time from `append` to its answer
/// @param readerWait time reads waited for their turn
/// @param segments segment files
/// @param diskBytes bytes of all segment files
/// @param recordsRead records given to readers
/// @param projectionFailures events skipped by projections
public record LogStatistics(
        long events,
        long bytes,
        long groups,
        long duplicates,
        long refused,
        long queuedEvents,
        long queuedBytes,
        Latency commit,
        Latency append,
        Latency readerWait,
        int segments,
        long diskBytes,
        long recordsRead,
        long projectionFailures) {

    /// Entries per commit on average, 0 before the first.
    public double groupSize() {
        return groups == 0 ? 0 : (double) events / groups;
    }

    /// A distribution of durations, exact to about 12 %.
    ///
    /// @param count how many were measured
    /// @param p50 half were at most this long
    /// @param p99 99 of 100 were at most this long
    /// @param max the longest
    public record Latency(long count, Duration p50, Duration p99, Duration max) {}
}
