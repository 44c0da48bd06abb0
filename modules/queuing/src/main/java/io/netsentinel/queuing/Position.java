package io.netsentinel.queuing;

/// Where one event stands.
///
/// @param channel name of the channel
/// @param epoch the channel's epoch the offset belongs to, 8 base32 characters
/// @param offset 1, 2, 3 … per channel, without holes inside one epoch
/// @param time commit time, milliseconds since 1970; never goes back within a channel
public record Position(String channel, String epoch, long offset, long time) {}
