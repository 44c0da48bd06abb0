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
/// @param shape which fields, how they are written, how many a second
public record SubscriptionRequest(
        String channel,
        String label,
        Where where,
        Selection filter,
        Selection rows,
        String format,
        Shape shape) {

    /// All of every event, as JSON text.
    public SubscriptionRequest(
            String channel,
            String label,
            Where where,
            Selection filter,
            Selection rows,
            String format) {
        this(channel, label, where, filter, rows, format, Shape.plain());
    }

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
        return new SubscriptionRequest(channel, label, place, filter, rows, format, shape);
    }

    /// The same under another name.
    public SubscriptionRequest named(String name) {
        return new SubscriptionRequest(channel, name, where, filter, rows, format, shape);
    }

    /// The same with a filter.
    public SubscriptionRequest filtered(Selection selection) {
        return new SubscriptionRequest(channel, label, where, selection, rows, format, shape);
    }

    /// The same restricted to some rows.
    public SubscriptionRequest restricted(Selection selection) {
        return new SubscriptionRequest(channel, label, where, filter, selection, format, shape);
    }

    /// The same in another format.
    public SubscriptionRequest as(String other) {
        return new SubscriptionRequest(channel, label, where, filter, rows, other, shape);
    }

    /// The same in another shape.
    public SubscriptionRequest shaped(Shape other) {
        return new SubscriptionRequest(channel, label, where, filter, rows, format, other);
    }
}
