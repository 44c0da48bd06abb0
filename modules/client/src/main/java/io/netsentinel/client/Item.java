package io.netsentinel.client;

/// What a subscription delivers, in the order of the offsets.
public sealed interface Item permits Event, Gap {
    /// The channel it belongs to.
    String channel();

    /// Where the subscription stands when this is dealt with.
    Position position();
}
