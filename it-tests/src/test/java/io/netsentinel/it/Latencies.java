package io.netsentinel.it;

import java.util.Arrays;

/// Measured times, in nanoseconds. Used by one thread at a time.
final class Latencies {
    private long[] all = new long[1_024];
    private int count;

    synchronized void add(long nanos) {
        if (count == all.length) {
            all = Arrays.copyOf(all, 2 * count);
        }
        all[count++] = nanos;
    }

    synchronized int count() {
        return count;
    }

    /// Forgets everything.
    synchronized void clear() {
        count = 0;
    }

    /// The time not exceeded by a share of all, in milliseconds.
    synchronized double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (share * count))] / 1e6;
    }

    /// Median, 99 % and the longest, for people.
    @Override
    public String toString() {
        return "p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d)"
                .formatted(millis(0.5), millis(0.99), millis(1), count());
    }
}
