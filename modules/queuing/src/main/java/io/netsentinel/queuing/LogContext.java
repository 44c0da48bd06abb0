package io.netsentinel.queuing;

/// What the parts of one open log share.
record LogContext(
        LogSettings settings,
        DataDirectory directory,
        LogClock clock,
        StorageCondition condition,
        Counters counters,
        ChannelTable channels,
        Bookmarks bookmarks,
        SegmentSet segments) {

    /// Commits older than this are past the memory for idempotency keys.
    long oldestKey() {
        return clock.steadyMillis() - settings.keyAge().toMillis();
    }
}
