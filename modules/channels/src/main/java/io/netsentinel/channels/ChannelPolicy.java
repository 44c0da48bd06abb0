package io.netsentinel.channels;

import java.time.Duration;

/// How a channel is treated.
///
/// @param retention how long its events are kept, as far as the disk limit allows
/// @param onLag what happens to a subscription that cannot keep up
/// @param priority 0 to 3, 1 is normal: a channel's share of a connection that is busy with several
///   doubles with each step
/// @param latency how long an event may wait to be sent together with others when the channel has
///   many subscribers; an idle channel never waits
public record ChannelPolicy(Duration retention, Lag onLag, int priority, Duration latency) {
    private static final int MAX_PRIORITY = 3;

    /// @throws IllegalArgumentException when a value is out of range
    public ChannelPolicy {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("retention must be positive: " + retention);
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority must be 0 to 3: " + priority);
        }
        if (latency.isNegative() || latency.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("latency must be 0 to 1 s: " + latency);
        }
    }

    /// Seven days, keep the cursor, normal priority, 20 ms.
    public static ChannelPolicy defaults() {
        return new ChannelPolicy(Duration.ofDays(7), Lag.LAG, 1, Duration.ofMillis(20));
    }

    /// The same with another retention.
    public ChannelPolicy withRetention(Duration age) {
        return new ChannelPolicy(age, onLag, priority, latency);
    }

    /// The same with another latency.
    public ChannelPolicy withLatency(Duration most) {
        return new ChannelPolicy(retention, onLag, priority, most);
    }

    /// The same with another priority.
    public ChannelPolicy withPriority(int level) {
        return new ChannelPolicy(retention, onLag, level, latency);
    }
}
