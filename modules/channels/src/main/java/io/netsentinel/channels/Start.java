package io.netsentinel.channels;

/// Where a subscription began.
///
/// @param epoch current epoch of the channel
/// @param offset position it began at; the first event delivered comes after it
/// @param tail newest offset at that moment
/// @param first oldest kept offset at that moment
/// @param recovery what became of the position asked for
public record Start(String epoch, long offset, long tail, long first, Recovery recovery) {

    /// What became of the position a client wanted to go on from.
    public enum Recovery {
        /// The client did not ask to go on from a position.
        NONE,
        /// Nothing was lost.
        RECOVERED,
        /// The position belongs to an epoch that cannot be followed any more, or lies above the
        /// tail; delivery begins at the oldest kept event.
        EPOCH,
        /// Events after the position are no longer kept; delivery begins at the oldest kept event.
        RETENTION
    }
}
