package io.netsentinel.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/// What every client of one subscription does to prove that nothing was lost, and nothing else.
final class ReferenceClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Long> offsets = new ArrayList<>();
    final List<long[]> gaps = new ArrayList<>();
    long position;

    /// A frame holds one message or an array of them.
    void receive(String frame) throws JsonProcessingException {
        JsonNode message = JSON.readTree(frame);
        if (message.isArray()) {
            message.forEach(this::one);
        } else {
            one(message);
        }
    }

    private void one(JsonNode message) {
        check(message.path("prev").asLong() <= position, "hole before " + message);
        if (message.path("type").asText().equals("event")) {
            advance(message.path("offset").asLong(), message.path("offset").asLong());
            offsets.add(position);
        } else {
            advance(message.path("from").asLong(), message.path("to").asLong());
            gaps.add(new long[] {message.path("from").asLong(), position});
        }
    }

    /// From a ping's `pos`: what was sent must have come; what was looked at is behind us.
    void pinged(long sent, long seen) {
        check(sent <= position, "hole: " + sent + " was sent");
        position = Math.max(position, seen);
    }

    private void advance(long from, long to) {
        check(from > position && to >= from, "twice or out of order: " + from);
        position = to;
    }

    private void check(boolean good, String problem) {
        if (!good) {
            throw new AssertionError(problem + " at position " + position);
        }
    }
}
