package io.netsentinel.integrations;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many a second, over the last ten whole seconds. For any thread.
public final class RateMeter {
    private static final int SECONDS = 10;

    private final LongSupplier nanoTime;
    private final long[] counts = new long[SECONDS + 1];
    private long second;

    /// Nothing was counted yet.
    public RateMeter() {
        this(System::nanoTime);
    }

    RateMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.second = now();
    }

    /// So many more.
    public synchronized void add(long count) {
        advance();
        counts[(int) (second % counts.length)] += count;
    }

    /// The mean of the last ten whole seconds.
    public synchronized double perSecond() {
        advance();
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        // the present second is not over yet, so it counts only until it is
        return (double) (sum - counts[(int) (second % counts.length)]) / SECONDS;
    }

    private void advance() {
        long now = now();
        long steps = Math.min(now - second, counts.length);
        for (long i = 1; i <= steps; i++) {
            counts[(int) ((second + i) % counts.length)] = 0;
        }
        second = now;
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong()) & Long.MAX_VALUE;
    }
}
