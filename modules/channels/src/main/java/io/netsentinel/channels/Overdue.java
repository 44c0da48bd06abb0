package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;

/// Finds out which events of a range a subscription may leave out.
///
/// @param expiry what it may leave out
/// @param topic the channel
/// @param now milliseconds since 1970
record Overdue(Expiry expiry, Topic topic, long now) {
    /// The events themselves are not in memory.
    static final int UNKNOWN = -1;

    /// The index after the last element from `index` on that may be left out, or that may not.
    ///
    /// @param over which of the two
    /// @return `index` when there is none; [#UNKNOWN] when not even the first can be told
    int end(EncodedBatch batch, int index, boolean over) {
        for (int i = index; i < batch.size(); i++) {
            RawBatch raw = topic.raw().covering(batch.offset(i) - 1);
            if (raw == RawBatch.NONE) {
                return i == index ? UNKNOWN : i;
            }
            if (over(raw, batch.offset(i)) != over) {
                return i;
            }
        }
        return batch.size();
    }

    private boolean over(RawBatch raw, long offset) {
        if (raw.missing().isPresent()) {
            return false; // taken away since; the bytes are still good
        }
        LogRecord event = raw.records().get(raw.indexAfter(offset - 1));
        return expiry.over(offset, event.time(), event.priority(), now, topic.tail());
    }
}
