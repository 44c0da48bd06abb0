package io.netsentinel.transport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// A command that comes as the body of a request. `data` stays as it was sent.
final class PostedCommand {
    private static final ObjectReader MEMBERS =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PostedCommand() {}

    /// Reads it.
    ///
    /// @param type what it is called in refusals
    /// @throws Problem as [Json#read(ServerRequest)] does
    static Command read(ServerRequest request, String type) {
        Json.requireJson(request.headers().contentType());
        try (InputStream body = request.content().inputStream()) {
            return parse(new String(body.readAllBytes(), StandardCharsets.UTF_8), type);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest(
                    "the body is not one JSON object without duplicate keys and of at most 32"
                            + " levels");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Command parse(String text, String type) throws IOException {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.badRequest("the body must be a JSON object");
            }
            ObjectNode fields = Json.object();
            Optional<byte[]> data = Optional.empty();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("data")) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    parser.skipChildren();
                    int end = (int) parser.currentLocation().getCharOffset();
                    data = Optional.of(text.substring(start, end).getBytes(StandardCharsets.UTF_8));
                } else {
                    fields.set(name, MEMBERS.<JsonNode>readTree(parser));
                }
            }
            if (parser.nextToken() != null) {
                throw Problem.badRequest("the body holds one JSON object");
            }
            return new Command(type, OptionalLong.empty(), fields, data);
        }
    }
}
