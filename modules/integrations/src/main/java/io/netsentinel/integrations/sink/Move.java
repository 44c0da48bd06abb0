package io.netsentinel.integrations.sink;

import io.netsentinel.queuing.ChannelState;

/// Where in a channel a sink is to go on.
@FunctionalInterface
public interface Move {
    /// The last offset that then counts as dealt with.
    ///
    /// @param channel the channel
    /// @param offset the last offset that is dealt with now
    long target(ChannelState channel, long offset);
}
