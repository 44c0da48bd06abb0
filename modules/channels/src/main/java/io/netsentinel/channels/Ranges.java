package io.netsentinel.channels;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Ranges of one channel or view that are held in memory, found by position without a lock. The
/// budget takes them away when memory runs short, the oldest first.
final class Ranges<R extends Range> {
    private final ConcurrentSkipListMap<Long, R> held = new ConcurrentSkipListMap<>();
    private final Budget budget;
    private final R none;

    /// @param none stands for "there is none"
    Ranges(Budget budget, R none) {
        this.budget = budget;
        this.none = none;
    }

    /// The range in which somebody at a position goes on.
    R covering(long position) {
        R range = atOrBefore(position);
        return range.covers(position) ? range : none;
    }

    /// The last range that begins at or before a position.
    R atOrBefore(long position) {
        Map.Entry<Long, R> entry = held.floorEntry(position);
        return entry == null ? none : entry.getValue();
    }

    /// Where the first range after a position begins; [Long#MAX_VALUE] when there is none.
    long nextAfter(long position) {
        Long next = held.higherKey(position);
        return next == null ? Long.MAX_VALUE : next;
    }

    /// Holds a range; one that begins at the same place is replaced.
    ///
    /// @param lane why
    void hold(R range, Lane lane) {
        range.lane(lane);
        R old = held.put(range.after(), range);
        if (old != null) {
            budget.release(old);
        }
        budget.hold(range, this);
    }

    /// Something was added to a range.
    void grew(R range, long bytes) {
        budget.grow(range, bytes);
    }

    /// Called by the budget, which does not count the range any more.
    void forget(Range range) {
        held.remove(range.after(), range);
    }

    /// Gives everything back.
    void clear() {
        for (R range : held.values()) {
            budget.release(range);
            forget(range);
        }
    }
}
