package io.netsentinel.client;

/// The server's answer to a subscription, for each channel, also after a break.
///
/// @param channel which
/// @param start delivery begins after it
/// @param tail the channel's newest offset at that moment
public record Subscribed(String channel, Position start, long tail) {}
