package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// An event of a channel.
///
/// @param channel where it was published
/// @param position its offset and epoch
/// @param time of its commit
/// @param priority 0 to 3; 1 is normal
/// @param data what was published. It comes from the network under attack: treat it as text
public record Event(String channel, Position position, Instant time, int priority, JsonNode data)
        implements Item {
    /// Its place in the channel's log.
    public long offset() {
        return position.offset();
    }
}
