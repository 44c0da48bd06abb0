package io.netsentinel.integrations;

/// Where a sink is in one of its channels.
///
/// @param channel the channel's name
/// @param offset the last event it has dealt with
/// @param tail the newest event there is
public record SinkPlace(String channel, long offset, long tail) {}
