package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a subscription stands in each of its channels, and whether what comes next follows.
final class Cursor {
    private final Map<String, Position> positions = new HashMap<>();

    /// How a message relates to the position.
    enum Order {
        /// It comes next.
        NEXT,
        /// It was delivered before.
        OLD,
        /// Something between is missing.
        HOLE
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    Map<String, Position> all() {
        return positions;
    }

    Optional<Position> at(String channel) {
        return Optional.ofNullable(positions.get(channel));
    }

    void put(String channel, Position position) {
        positions.put(channel, position);
    }

    void remove(String channel) {
        positions.remove(channel);
    }

    /// Looks at an event or a gap. A channel whose `subscribed` never came is a hole too: what was
    /// before its first event is not known.
    Order order(JsonNode message) {
        String channel = message.path("channel").asText();
        Position at = positions.get(channel);
        if (at == null || message.path("prev").asLong() > at.offset()) {
            return Order.HOLE;
        }
        return end(message) <= at.offset() ? Order.OLD : Order.NEXT;
    }

    /// The position after an event or a gap.
    static long end(JsonNode message) {
        return message.path(message.has("to") ? "to" : "offset").asLong();
    }

    /// Compares with a ping's `{channel:[sent,seen]}` and moves up to `seen`.
    ///
    /// @return false when something that was sent never came
    boolean confirm(JsonNode sent) {
        for (Map.Entry<String, JsonNode> entry : sent.properties()) {
            Position at = positions.get(entry.getKey());
            if (at == null || entry.getValue().path(0).asLong() > at.offset()) {
                return false;
            }
            long seen = entry.getValue().path(1).asLong();
            if (seen > at.offset()) {
                positions.put(entry.getKey(), new Position(seen, at.epoch()));
            }
        }
        return true;
    }
}
