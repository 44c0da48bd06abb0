package io.netsentinel.channels;

/// What somebody wants to receive.
///
/// @param channel an existing channel
/// @param label the name of the subscription, `[a-z0-9.*-]{1,64}`; put into every event as `sub`
///   unless it is the channel's name
/// @param where where it begins
/// @param filter what the client wants to see
/// @param rows what the client may see
/// @param format `json`, or a format of a registered codec
public record SubscriptionRequest(
        String channel,
        String label,
        Where where,
        Selection filter,
        Selection rows,
        String format) {

    /// Everything in a channel from now on, as JSON.
    public static SubscriptionRequest to(String channel) {
        return new SubscriptionRequest(
                channel,
                channel,
                new Where.Tail(),
                Selection.all(),
                Selection.all(),
                JsonCodec.FORMAT);
    }

    /// The same from another place.
    public SubscriptionRequest from(Where place) {
        return new SubscriptionRequest(channel, label, place, filter, rows, format);
    }

    /// The same under another name.
    public SubscriptionRequest named(String name) {
        return new SubscriptionRequest(channel, name, where, filter, rows, format);
    }

    /// The same with a filter.
    public SubscriptionRequest filtered(Selection selection) {
        return new SubscriptionRequest(channel, label, where, selection, rows, format);
    }

    /// The same restricted to some rows.
    public SubscriptionRequest restricted(Selection selection) {
        return new SubscriptionRequest(channel, label, where, filter, selection, format);
    }

    /// The same in another format.
    public SubscriptionRequest as(String other) {
        return new SubscriptionRequest(channel, label, where, filter, rows, other);
    }
}
