package io.netsentinel.transport;

/// What a connection follows: one channel by one of its subscriptions.
///
/// @param sub the subscription's name
/// @param channel the channel
/// @param filter what it wants to see, empty for everything
/// @param offset the last offset it was sent, or told is missing; where it began when there was
///   none
/// @param lag events of the channel it has not looked at yet
public record Following(String sub, String channel, String filter, long offset, long lag) {}
