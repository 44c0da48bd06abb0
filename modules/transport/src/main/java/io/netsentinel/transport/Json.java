package io.netsentinel.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.media.type.MediaType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON bodies of the API. Reading is strict: a JSON content type, one object, no duplicate keys,
/// at most 32 levels, nothing behind it.
public final class Json {
    /// The mapper for everything a client sends or gets; shared and never reconfigured.
    static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .maxNumberLength(100)
                                                    .maxStringLength(1 << 20)
                                                    .maxNameLength(1_024)
                                                    .build())
                                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// An empty object to fill.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// Reads the body of a request.
    ///
    /// @throws Problem 415 without a JSON content type, 400 when it is not one JSON object, 413
    ///   when it is too large
    public static ObjectNode read(ServerRequest request) {
        requireJson(request.headers().contentType());
        try (InputStream body = request.content().inputStream()) {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw Problem.badRequest("the body must be a JSON object");
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is not JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        // what is too deep or too long has none
        return location == null
                ? " within the limits (32 levels, strings of 1 MiB)"
                : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /// A member that must be a string.
    ///
    /// @throws Problem 400 naming the member when it is missing or not a string
    public static String text(ObjectNode object, String name) {
        return optionalText(object, name)
                .orElseThrow(() -> Problem.badRequest("\"" + name + "\" is missing"));
    }

    /// A member that is a string when it is there; `null` counts as absent.
    ///
    /// @throws Problem 400 naming the member when it is something else
    public static Optional<String> optionalText(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Problem.badRequest("\"" + name + "\" must be a string");
        }
        return Optional.of(value.textValue());
    }

    /// Sends an object (a tree, a map, a record) with status 200.
    public static void send(ServerResponse response, Object value) {
        send(response, Status.OK_200, value);
    }

    /// Sends an object (a tree, a map, a record).
    public static void send(ServerResponse response, Status status, Object value) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(bytes(value));
    }

    /// The value as JSON in UTF-8.
    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write as JSON: " + value.getClass(), e);
        }
    }

    /// @throws Problem 415 when a body does not say that it is JSON
    static void requireJson(Optional<HttpMediaType> type) {
        String text = type.map(HttpMediaType::mediaType).map(MediaType::text).orElse("");
        if (!text.equals("application/json") && !text.endsWith("+json")) {
            throw Problem.unsupportedMediaType("the body must be sent as application/json");
        }
    }
}
