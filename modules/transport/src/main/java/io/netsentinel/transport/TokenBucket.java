package io.netsentinel.transport;

/// Allows so many a second, and a burst. Not for several threads.
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double burst;
    private double tokens;
    private long filled;

    /// @param perSecond how many a second
    /// @param burst how many at once, after a rest
    TokenBucket(double perSecond, double burst, long now) {
        this.perNano = perSecond / NANOS;
        this.burst = burst;
        this.tokens = burst;
        this.filled = now;
    }

    /// Takes one.
    ///
    /// @param now `System.nanoTime()`
    /// @return 0 when there was one, else the nanoseconds until there will be
    long take(long now) {
        fill(now);
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return (long) Math.ceil((1 - tokens) / perNano);
    }

    /// Whether nothing was taken for a while.
    boolean full(long now) {
        fill(now);
        return tokens >= burst;
    }

    private void fill(long now) {
        tokens = Math.min(burst, tokens + (now - filled) * perNano);
        filled = now;
    }
}
