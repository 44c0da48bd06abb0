package io.netsentinel.channels;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// What was done for subscriptions since the start, over all channels. Any thread.
final class Tally {
    /// Pages read from the log.
    final LongAdder pagesRead = new LongAdder();

    /// Events encoded: once for a view, however many see them.
    final LongAdder encoded = new LongAdder();

    /// Frames with events handed out.
    final LongAdder frames = new LongAdder();

    /// Bytes of frames that were compressed, before and after; once for a view.
    final LongAdder plain = new LongAdder();

    final LongAdder compressed = new LongAdder();

    private final Map<Gap.Reason, LongAdder> gone = new EnumMap<>(Gap.Reason.class);

    Tally() {
        for (Gap.Reason reason : Gap.Reason.values()) {
            gone.put(reason, new LongAdder());
        }
    }

    void gap(Gap gap) {
        Objects.requireNonNull(gone.get(gap.reason())).add(gap.to() - gap.from() + 1);
    }

    Map<Gap.Reason, Long> gone() {
        Map<Gap.Reason, Long> counts = new EnumMap<>(Gap.Reason.class);
        gone.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
