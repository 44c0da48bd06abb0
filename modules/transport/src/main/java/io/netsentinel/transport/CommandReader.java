package io.netsentinel.transport;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.MessagePack;
import io.netsentinel.events.MessagePackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a frame of a client: an object, or an array of objects. Strict: no duplicate keys, at most
/// 32 levels, nothing behind it.
final class CommandReader {
    /// Reads one member; others follow it.
    private static final ObjectReader MEMBERS =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int DEPTH = 32;

    private final String text;
    private final JsonParser parser;
    private final List<Command> commands = new ArrayList<>(1);

    private CommandReader(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /// A frame that is not this protocol at all.
    static final class MalformedFrameException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedFrameException(String message) {
            super(message, null, false, false);
        }

        String text() {
            String message = getMessage();
            return message == null ? "" : message;
        }
    }

    /// The commands of a frame, in order.
    static List<Command> read(String text) throws MalformedFrameException {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            CommandReader reader = new CommandReader(text, parser);
            reader.frame();
            return reader.commands;
        } catch (JsonProcessingException e) {
            // the library's message repeats the input
            JsonLocation where = Objects.requireNonNullElse(e.getLocation(), JsonLocation.NA);
            throw new MalformedFrameException(
                    "the frame is not JSON as it is accepted here (no duplicate keys, at most 32"
                            + " levels, numbers of at most 100 digits): line "
                            + where.getLineNr()
                            + ", column "
                            + where.getColumnNr());
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
    }

    /// The commands of a frame whose text came as bytes.
    static List<Command> read(byte[] utf8) throws MalformedFrameException {
        try {
            return read(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException _) {
            throw new MalformedFrameException("the frame is not UTF-8");
        }
    }

    /// The commands of a frame in MessagePack, in order: read as the JSON that says the same, by
    /// the same rules.
    static List<Command> readPacked(byte[] packed) throws MalformedFrameException {
        try {
            byte[] json = MessagePack.toJson(packed, DEPTH);
            return read(new String(json, StandardCharsets.UTF_8));
        } catch (MessagePackException e) {
            throw new MalformedFrameException(
                    "the frame is not MessagePack as it is accepted here: " + e.reason());
        }
    }

    private void frame() throws IOException, MalformedFrameException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                command();
            }
        } else {
            command();
        }
        if (parser.nextToken() != null) {
            throw new MalformedFrameException("a frame holds one object or one array of objects");
        }
    }

    private void command() throws IOException, MalformedFrameException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedFrameException("a command is a JSON object");
        }
        ObjectNode fields = Json.object();
        Optional<byte[]> data = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("data")) {
                data = Optional.of(verbatim());
            } else {
                fields.set(name, MEMBERS.<JsonNode>readTree(parser));
            }
        }
        String type = fields.path("type").asText("");
        JsonNode id = fields.path("id");
        boolean numbered = id.isIntegralNumber() && id.canConvertToLong();
        if (!fields.path("type").isTextual() || !(id.isMissingNode() || numbered)) {
            throw new MalformedFrameException(
                    "a command has a string \"type\" and, when it has an \"id\", a whole number");
        }
        fields.remove(List.of("type", "id"));
        commands.add(
                new Command(
                        type,
                        numbered ? OptionalLong.of(id.longValue()) : OptionalLong.empty(),
                        fields,
                        data));
    }

    /// The text of the object the parser stands at, as it is.
    private byte[] verbatim() throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(start, end).getBytes(StandardCharsets.UTF_8);
    }
}
