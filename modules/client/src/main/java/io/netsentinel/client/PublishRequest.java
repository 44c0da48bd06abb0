package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// An event to publish.
///
/// @param channel where
/// @param data a JSON object, stored as it is
/// @param key makes a repetition within 24 h write nothing
/// @param ttl how long it is worth delivering
/// @param priority 0 to 3; 1 is normal
public record PublishRequest(
        String channel, JsonNode data, String key, Optional<Duration> ttl, OptionalInt priority) {
    public PublishRequest {
        if (!data.isObject()) {
            throw new IllegalArgumentException(
                    "data must be a JSON object, not " + data.getNodeType());
        }
    }

    /// An event with a key of its own making, so that the client can repeat it after a break.
    public static PublishRequest of(String channel, JsonNode data) {
        return new PublishRequest(
                channel, data, UUID.randomUUID().toString(), Optional.empty(), OptionalInt.empty());
    }

    /// The same under a key that this program can make again after it was started anew.
    public PublishRequest key(String other) {
        return new PublishRequest(channel, data, other, ttl, priority);
    }

    /// The same, worth delivering so long only.
    public PublishRequest ttl(Duration time) {
        return new PublishRequest(channel, data, key, Optional.of(time), priority);
    }

    /// The same with another priority.
    public PublishRequest priority(int other) {
        return new PublishRequest(channel, data, key, ttl, OptionalInt.of(other));
    }
}
