package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// A source or sink that was made while the server ran, as it is stored.
///
/// @param options what was said of it, under the names of the configuration; holds secrets
/// @param user who made it
record Definition(String name, String kind, ObjectNode options, String user, Instant time) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    byte[] toBytes() {
        try {
            ObjectNode json =
                    MAPPER.createObjectNode()
                            .put("kind", kind)
                            .put("user", user)
                            .put("time", time.toString());
            json.set("options", options);
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Definition of(String name, byte[] bytes) {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode json
                    && json.path("options") instanceof ObjectNode options) {
                return new Definition(
                        name,
                        json.path("kind").asText(),
                        options,
                        json.path("user").asText(),
                        Instant.parse(json.path("time").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("what is stored of " + name + " cannot be read");
    }

    /// Names only: the options may be secrets.
    @Override
    public String toString() {
        return "Definition[" + name + ", " + kind + "]";
    }
}
