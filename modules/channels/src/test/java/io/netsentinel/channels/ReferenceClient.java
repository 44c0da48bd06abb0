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

    void start(long offset) {
        position = offset;
    }

    void receive(String frame) {
        try {
            JsonNode message = JSON.readTree(frame);
            if (message.isArray()) {
                message.forEach(this::one);
            } else {
                one(message);
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(frame, e);
        }
    }

    private void one(JsonNode message) {
        boolean event = message.path("type").asText().equals("event");
        long from = message.path(event ? "offset" : "from").asLong();
        long to = message.path(event ? "offset" : "to").asLong();
        check(from > position && to >= from, "twice or out of order: ", message);
        check(!event || message.path("prev").asLong(-1) >= 0, "no prev: ", message);
        check(!event || message.path("prev").asLong() <= position, "hole before ", message);
        position = to;
        if (event) {
            offsets.add(to);
        } else {
            gaps.add(new long[] {from, to});
        }
    }

    private void check(boolean good, String problem, JsonNode message) {
        if (!good) {
            throw new AssertionError(problem + message + " at position " + position);
        }
    }
}
