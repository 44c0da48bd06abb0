package io.netsentinel.client;

/// Hears of a subscription. Calls come one at a time, in order, on a virtual thread of the
/// subscription's own, so it may block: that slows this subscription only. An exception is logged
/// and the subscription goes on.
@FunctionalInterface
public interface SubscriptionListener {
    /// An event. Each comes once.
    void onEvent(Event event);

    /// Offsets that will not come.
    default void onGap(Gap gap) {}

    /// The server began to deliver; the first time, and after each break.
    default void onSubscribed(Subscribed subscribed) {}

    /// Delivery goes on elsewhere than where it ended.
    default void onReset(Reset reset) {}

    /// The server refused the subscription. What is temporary is tried again by itself.
    default void onError(NetSentinelException error) {}
}
