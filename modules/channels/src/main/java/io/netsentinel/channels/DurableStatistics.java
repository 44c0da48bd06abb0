package io.netsentinel.channels;

/// Kept places since the start, and now.
///
/// @param cursors places kept
/// @param held those a connection holds
/// @param acknowledgements acknowledgements taken
/// @param stored places written to the disk
/// @param takeovers times a newer connection took one over
/// @param purged places an administrator removed
/// @param forgotten places removed because nobody came back
public record DurableStatistics(
        int cursors,
        int held,
        long acknowledgements,
        long stored,
        long takeovers,
        long purged,
        long forgotten) {}
