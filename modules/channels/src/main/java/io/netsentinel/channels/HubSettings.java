package io.netsentinel.channels;

import io.netsentinel.events.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What the hub may use and how channels are treated.
///
/// @param hotBytes most bytes of recent events kept in memory, raw and encoded together, over all
///   channels and views; at least 64 KiB
/// @param channels most channels, the built-in ones included
/// @param policy for channels without one of their own
/// @param policies by channel name
public record HubSettings(
        long hotBytes, int channels, ChannelPolicy policy, Map<String, ChannelPolicy> policies) {
    private static final long MIN_HOT_BYTES = 64 << 10;

    /// @throws IllegalArgumentException when a value is out of range
    public HubSettings {
        policies = Map.copyOf(policies);
        if (hotBytes < MIN_HOT_BYTES) {
            throw new IllegalArgumentException("hotBytes must be at least 65536: " + hotBytes);
        }
        if (channels < Channel.builtIn().size()) {
            throw new IllegalArgumentException(
                    "channels must leave room for the "
                            + Channel.builtIn().size()
                            + " built-in ones: "
                            + channels);
        }
    }

    /// 64 MiB, 1,000 channels, seven days; alerts, threats and incidents 90 days and above normal
    /// priority, packets below it and sampled for who lags, audit one year.
    public static HubSettings defaults() {
        ChannelPolicy normal = ChannelPolicy.defaults();
        ChannelPolicy kept = normal.withRetention(Duration.ofDays(90)).withPriority(2);
        Map<String, ChannelPolicy> policies = new HashMap<>();
        policies.put(Channel.ALERTS, kept);
        policies.put(Channel.THREATS, kept);
        policies.put(Channel.INCIDENTS, kept);
        policies.put(
                Channel.PACKETS, normal.withPriority(0).withLag(Lag.SAMPLE, normal.lagAfter()));
        policies.put(Channel.AUDIT, normal.withRetention(Duration.ofDays(365)));
        return new HubSettings(64L << 20, 1_000, normal, policies);
    }

    /// The same with another memory budget.
    public HubSettings withHotBytes(long bytes) {
        return new HubSettings(bytes, channels, policy, policies);
    }

    /// The same with another limit of channels.
    public HubSettings withChannels(int most) {
        return new HubSettings(hotBytes, most, policy, policies);
    }

    /// The same with a policy for one channel.
    public HubSettings withPolicy(String channel, ChannelPolicy its) {
        Map<String, ChannelPolicy> changed = new HashMap<>(policies);
        changed.put(channel, its);
        return new HubSettings(hotBytes, channels, policy, changed);
    }

    /// How a channel is treated.
    public ChannelPolicy policyOf(String channel) {
        return policies.getOrDefault(channel, policy);
    }
}
