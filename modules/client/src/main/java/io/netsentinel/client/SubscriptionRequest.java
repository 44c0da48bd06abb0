package io.netsentinel.client;

import java.util.Optional;

/// What to subscribe to.
///
/// @param channel a name, or a pattern such as `lab.*` or `**`
/// @param name of the subscription, unique in the client; the channel when there is no other
/// @param from where to begin; after a break the client goes on from its own position
/// @param filter only events that match, for example `severity >= high and source.ip in 10.0.0.0/8`
/// @param durable a name under which the server keeps the acknowledged position, also for another
///   machine of the same user
public record SubscriptionRequest(
        String channel, String name, From from, Optional<String> filter, Optional<String> durable) {
    /// New events of a channel or a pattern of channels.
    public static SubscriptionRequest of(String channel) {
        return new SubscriptionRequest(
                channel, channel, From.tail(), Optional.empty(), Optional.empty());
    }

    /// The same under another name.
    public SubscriptionRequest named(String other) {
        return new SubscriptionRequest(channel, other, from, filter, durable);
    }

    /// The same from another place on.
    public SubscriptionRequest from(From place) {
        return new SubscriptionRequest(channel, name, place, filter, durable);
    }

    /// The same, only events that match.
    public SubscriptionRequest filter(String text) {
        return new SubscriptionRequest(channel, name, from, Optional.of(text), durable);
    }

    /// The same with a position that the server keeps under this name.
    public SubscriptionRequest durable(String key) {
        return new SubscriptionRequest(channel, name, from, filter, Optional.of(key));
    }

    /// Whether it means more than one channel.
    boolean pattern() {
        return channel.indexOf('*') >= 0;
    }
}
