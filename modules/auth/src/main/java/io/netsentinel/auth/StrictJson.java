package io.netsentinel.auth;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Reads JSON from outside: an object, UTF-8, no key twice.
final class StrictJson {
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private StrictJson() {}

    /// The object, empty when it is none. What is wrong is not told: the text may be a secret.
    static Optional<JsonObject> object(byte[] text) {
        try (JsonReader reader =
                READERS.createReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8)) {
            return Optional.of(reader.readObject());
        } catch (JsonException | IllegalStateException | StackOverflowError _) {
            return Optional.empty();
        }
    }
}
