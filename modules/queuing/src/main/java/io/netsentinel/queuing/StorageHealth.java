package io.netsentinel.queuing;

import java.time.Instant;

/// Whether the log can be written to.
public sealed interface StorageHealth {

    /// Reading and writing work.
    record Ok() implements StorageHealth {}

    /// Reading works, appends fail with [StorageDegradedException]; the log tries again by itself.
    ///
    /// @param reason what is wrong and what helps, one line
    /// @param since when it began
    record Degraded(String reason, Instant since) implements StorageHealth {}
}
