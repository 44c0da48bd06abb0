package io.netsentinel.integrations.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Event;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What the forms of events share.
final class Lines {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Lines() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// The event's nested JSON as a tree.
    static ObjectNode tree(Event event) {
        try {
            return (ObjectNode) MAPPER.readTree(event.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException("an event's own JSON can be read", e);
        }
    }
}
