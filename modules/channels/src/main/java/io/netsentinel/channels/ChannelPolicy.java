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
/// @param lagAfter how long a subscription that was up to date may be behind before it lags
/// @param key the path of the field by which a later event takes the place of an earlier one, which
///   makes it a state channel: a new subscriber gets the newest event of each key first. Empty for
///   any other channel
/// @param presence whether subscribers may know of each other
/// @param encryption whether its events go only over connections with message encryption
public record ChannelPolicy(
        Duration retention,
        Lag onLag,
        int priority,
        Duration latency,
        Duration lagAfter,
        String key,
        boolean presence,
        Encryption encryption) {
    private static final int MAX_PRIORITY = 3;
    private static final Duration LAG_AFTER = Duration.ofSeconds(2);

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
        if (lagAfter.isNegative()) {
            throw new IllegalArgumentException("lag-after must not be negative: " + lagAfter);
        }
        if (onLag == Lag.COALESCE && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "on-lag: coalesce needs a key, by which later events take the place of earlier"
                            + " ones");
        }
    }

    /// A channel without state and presence, on which a subscription lags after 2 s.
    public ChannelPolicy(Duration retention, Lag onLag, int priority, Duration latency) {
        this(retention, onLag, priority, latency, LAG_AFTER, "", false, Encryption.OPTIONAL);
    }

    /// Seven days, keep the cursor, normal priority, 20 ms.
    public static ChannelPolicy defaults() {
        return new ChannelPolicy(Duration.ofDays(7), Lag.LAG, 1, Duration.ofMillis(20));
    }

    /// The same with another retention.
    public ChannelPolicy withRetention(Duration age) {
        return new ChannelPolicy(
                age, onLag, priority, latency, lagAfter, key, presence, encryption);
    }

    /// The same with another priority.
    public ChannelPolicy withPriority(int level) {
        return new ChannelPolicy(
                retention, onLag, level, latency, lagAfter, key, presence, encryption);
    }

    /// The same with another treatment of subscriptions that lag.
    ///
    /// @param after how long a subscription may be behind before it lags
    public ChannelPolicy withLag(Lag treatment, Duration after) {
        return new ChannelPolicy(
                retention, treatment, priority, latency, after, key, presence, encryption);
    }

    /// The same as a state channel, or with an empty key as none.
    public ChannelPolicy withKey(String path) {
        return new ChannelPolicy(
                retention, onLag, priority, latency, lagAfter, path, presence, encryption);
    }

    /// The same with another latency.
    public ChannelPolicy withLatency(Duration wait) {
        return new ChannelPolicy(
                retention, onLag, priority, wait, lagAfter, key, presence, encryption);
    }

    /// The same with or without presence.
    public ChannelPolicy withPresence(boolean known) {
        return new ChannelPolicy(
                retention, onLag, priority, latency, lagAfter, key, known, encryption);
    }

    /// The same for encrypted connections only, or for all.
    public ChannelPolicy withEncryption(Encryption which) {
        return new ChannelPolicy(
                retention, onLag, priority, latency, lagAfter, key, presence, which);
    }
}
