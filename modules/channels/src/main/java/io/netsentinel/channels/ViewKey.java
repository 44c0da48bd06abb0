package io.netsentinel.channels;

import io.netsentinel.events.Projection;

/// What makes two subscriptions see the same bytes.
///
/// @param channel the channel
/// @param label name of the subscription, which stands in the bytes
/// @param filter what the client wants to see
/// @param rows what it may see
/// @param format what their values are made of
/// @param fields what is left of them
/// @param encoding how messages are written
record ViewKey(
        String channel,
        String label,
        Selection filter,
        Selection rows,
        String format,
        Projection fields,
        Encoding encoding) {

    static ViewKey of(SubscriptionRequest request) {
        return new ViewKey(
                request.channel(),
                request.label(),
                request.filter(),
                request.rows(),
                request.format(),
                request.shape().fields(),
                request.shape().encoding());
    }

    Selection selection() {
        return filter.and(rows);
    }
}
