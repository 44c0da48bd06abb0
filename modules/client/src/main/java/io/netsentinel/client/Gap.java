package io.netsentinel.client;

/// Offsets that will not be delivered.
///
/// @param channel where
/// @param from first of them
/// @param position the last of them and the epoch
/// @param reason `retention`, `expired`, `lost`, `sampled` or `quota`; there may be more one day
public record Gap(String channel, long from, Position position, String reason) implements Item {
    /// The last of them.
    public long to() {
        return position.offset();
    }
}
