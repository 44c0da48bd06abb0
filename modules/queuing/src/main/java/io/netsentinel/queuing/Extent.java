package io.netsentinel.queuing;

/// A range of one channel's offsets in one segment.
///
/// @param first first offset
/// @param last last offset, `Long.MAX_VALUE` in the segment being written
/// @param firstTime no event of it is older, milliseconds since 1970
/// @param lastTime no event of it is newer, `Long.MAX_VALUE` in the segment being written
record Extent(Segment segment, long first, long last, long firstTime, long lastTime) {

    Extent within(long lowest, long highest) {
        return new Extent(
                segment, Math.max(first, lowest), Math.min(last, highest), firstTime, lastTime);
    }

    boolean empty() {
        return first > last;
    }

    long size() {
        return last - first + 1;
    }
}
