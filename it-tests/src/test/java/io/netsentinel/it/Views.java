package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What the protocol promises about a subscription without a filter.
final class Views {
    private Views() {}

    /// Every offset after a position comes once and in order, and `prev` shows no hole.
    static void requireComplete(List<JsonNode> events, long position) {
        long at = position;
        for (JsonNode event : events) {
            long offset = event.path("offset").asLong();
            long prev = event.path("prev").asLong(-1);
            if (offset != at + 1 || prev < 0 || prev > at) {
                throw new AssertionError("after " + at + " came " + offset + " with prev " + prev);
            }
            at = offset;
        }
    }

    /// Stored events have the offsets 1, 2, 3 ….
    static void requireDense(List<JsonNode> events) {
        long at = 0;
        for (JsonNode event : events) {
            if (event.path("offset").asLong() != ++at) {
                throw new AssertionError("at " + at + " is " + event.path("offset"));
            }
        }
    }
}
