package io.netsentinel.channels;

/// Consecutive offsets of one channel, after one offset up to and including another.
abstract sealed class Range permits RawBatch, EncodedBatch {
    /// What an object and its place in the tables cost besides the bytes of events.
    static final int OVERHEAD = 160;

    private final long after;
    private final long to;
    private Lane lane = Lane.NEW;
    private long added;

    Range(long after, long to) {
        this.after = after;
        this.to = to;
    }

    /// The position this range begins at, exclusive.
    long after() {
        return after;
    }

    /// Its last offset.
    long to() {
        return to;
    }

    /// Whether somebody at a position can go on here.
    boolean covers(long position) {
        return after <= position && position < to;
    }

    /// Why it is in memory.
    final Lane lane() {
        return lane;
    }

    /// Says why it is in memory, before anybody else sees it.
    final void lane(Lane reason) {
        lane = reason;
    }

    /// Bytes of memory.
    abstract long cost();

    /// Bytes of memory with what was added later. Used by the budget alone.
    final long total() {
        return cost() + added;
    }

    /// Something was added to it. Used by the budget alone.
    final void add(long bytes) {
        added += bytes;
    }
}
