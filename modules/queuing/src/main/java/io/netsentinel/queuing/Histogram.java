package io.netsentinel.queuing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in buckets that grow by an eighth of a power of two: exact to about 12 %, in
/// constant memory.
final class Histogram {

    private static final int STEPS_BITS = 3;
    private static final int STEPS = 1 << STEPS_BITS;
    private static final int BUCKETS = (Long.SIZE - STEPS_BITS) * STEPS;
    private static final double P50 = 0.50;
    private static final double P99 = 0.99;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong max = new AtomicLong();

    void add(long nanos) {
        buckets.incrementAndGet(bucket(Math.max(0, nanos)));
        count.incrementAndGet();
        max.accumulateAndGet(nanos, Math::max);
    }

    LogStatistics.Latency latency() {
        return new LogStatistics.Latency(
                count.get(), percentile(P50), percentile(P99), Duration.ofNanos(max.get()));
    }

    private Duration percentile(double share) {
        long wanted = (long) Math.ceil(count.get() * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS && wanted > 0; i++) {
            seen += buckets.get(i);
            if (seen >= wanted) {
                return Duration.ofNanos(Math.min(upper(i), max.get()));
            }
        }
        return Duration.ofNanos(max.get());
    }

    private static int bucket(long nanos) {
        if (nanos < STEPS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - STEPS_BITS;
        return (shift + 1) * STEPS + (int) (nanos >>> shift) - STEPS;
    }

    private static long upper(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (STEPS + bucket % STEPS + 1) << shift) - 1;
    }
}
