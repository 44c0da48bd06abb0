package io.netsentinel.tracing;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// How many spans were lost, to be told of at most once a minute. Any thread adds; one asks.
final class Losses {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final LongAdder lost = new LongAdder();
    private boolean told;
    private long last;

    void add(long spans) {
        lost.add(spans);
    }

    /// How many were lost since that was told last; 0 while it is not yet time to tell again.
    ///
    /// @param now in nanoseconds
    long due(long now) {
        if (told && now - last < PAUSE) {
            return 0;
        }
        long spans = lost.sumThenReset();
        if (spans > 0) {
            told = true;
            last = now;
        }
        return spans;
    }
}
