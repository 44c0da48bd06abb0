package io.netsentinel.queuing;

/// A channel at one moment.
///
/// @param channel its name
/// @param epoch the current epoch, 8 base32 characters
/// @param first oldest kept offset; `tail` + 1 when nothing is kept
/// @param tail newest offset, 0 when there never was one
public record ChannelState(String channel, String epoch, long first, long tail) {}
