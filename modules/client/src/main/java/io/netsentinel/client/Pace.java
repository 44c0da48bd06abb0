package io.netsentinel.client;

import java.time.Duration;

/// How many commands a second the server takes; more than that would be refused.
final class Pace {
    private static final double NANOS = 1_000_000_000;

    private double perSecond;
    private double left;
    private long filled;

    /// @param commands a second; 0 when there is no limit
    void limit(int commands, long now) {
        perSecond = commands;
        left = commands;
        filled = now;
    }

    /// Takes the right to send one.
    ///
    /// @return zero, or how long to wait before asking again
    Duration take(long now) {
        if (perSecond == 0) {
            return Duration.ZERO;
        }
        left = Math.min(perSecond, left + (now - filled) / NANOS * perSecond);
        filled = now;
        if (left < 1) {
            return Duration.ofNanos((long) ((1 - left) / perSecond * NANOS) + 1);
        }
        left--;
        return Duration.ZERO;
    }
}
