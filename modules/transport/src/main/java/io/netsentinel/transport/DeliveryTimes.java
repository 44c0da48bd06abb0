package io.netsentinel.transport;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How long events took from their commit to the socket of a client, since the start. One time is
/// taken for each socket write: that of the newest event in it. What was committed before a
/// subscription was opened is history, and not late.
///
/// Any thread.
public final class DeliveryTimes {
    private static final double MILLIS = 1e3;

    /// Upper bounds in milliseconds; commit times have no fractions of them.
    private static final long[] BOUNDS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000
    };

    private final boolean enabled;
    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toArray(LongAdder[]::new);
    private final LongAdder sum = new LongAdder();

    DeliveryTimes(boolean enabled) {
        this.enabled = enabled;
    }

    /// Whether times are taken.
    public boolean enabled() {
        return enabled;
    }

    /// @param millis from the commit; a clock that was set back makes it negative
    void add(long millis) {
        long time = Math.max(0, millis);
        int found = Arrays.binarySearch(BOUNDS, time);
        counts[found < 0 ? -found - 1 : found].increment();
        sum.add(time);
    }

    /// Upper bounds in seconds, ascending.
    public static double[] bounds() {
        return Arrays.stream(BOUNDS).mapToDouble(bound -> bound / MILLIS).toArray();
    }

    /// How many times were at most each bound and above the one before it; behind them how many
    /// were above all bounds.
    public long[] counts() {
        return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    }

    /// All times together, in seconds.
    public double sum() {
        return sum.sum() / MILLIS;
    }
}
