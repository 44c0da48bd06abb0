package io.netsentinel.channels;

/// What makes two subscriptions see the same bytes.
///
/// @param channel the channel
/// @param label name of the subscription, which stands in the bytes
/// @param filter what the client wants to see
/// @param rows what it may see
/// @param format how events are encoded
record ViewKey(String channel, String label, Selection filter, Selection rows, String format) {

    static ViewKey of(SubscriptionRequest request) {
        return new ViewKey(
                request.channel(),
                request.label(),
                request.filter(),
                request.rows(),
                request.format());
    }

    Selection selection() {
        return filter.and(rows);
    }
}
