package io.netsentinel.transport;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Times since the start, counted by how long they were.
///
/// Any thread.
public final class Times {
    private static final double MILLIS = 1e3;

    private final boolean enabled;
    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Times(boolean enabled, long... bounds) {
        this.enabled = enabled;
        this.bounds = bounds;
        this.counts =
                Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    /// From a millisecond to a minute: what events take.
    static Times ofEvents(boolean enabled) {
        return new Times(
                enabled, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000);
    }

    /// From a second to a week: what connections last.
    static Times ofConnections() {
        return new Times(
                true,
                1_000,
                10_000,
                60_000,
                600_000,
                3_600_000,
                21_600_000,
                86_400_000,
                604_800_000);
    }

    /// Whether times are taken.
    public boolean enabled() {
        return enabled;
    }

    /// @param millis a clock that was set back makes it negative
    void add(long millis) {
        long time = Math.max(0, millis);
        int found = Arrays.binarySearch(bounds, time);
        counts[found < 0 ? -found - 1 : found].increment();
        sum.add(time);
    }

    /// Upper bounds in seconds, ascending.
    public double[] bounds() {
        return Arrays.stream(bounds).mapToDouble(bound -> bound / MILLIS).toArray();
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
