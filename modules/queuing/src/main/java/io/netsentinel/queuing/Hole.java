package io.netsentinel.queuing;

/// A range of offsets that can no longer be read.
///
/// @param from first missing offset
/// @param to last missing offset
/// @param reason why
public record Hole(long from, long to, Reason reason) {

    /// Why offsets are missing.
    public enum Reason {
        /// Retention by time or disk space took them.
        RETENTION,
        /// Their file was damaged, or they were lost by a crash of the machine before an epoch
        /// began.
        LOST,
        /// They were removed on request, see [Purge].
        PURGED
    }
}
