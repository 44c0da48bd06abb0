package io.netsentinel.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads nested JSON into dotted paths.
final class EventReader {
    private final JsonParser parser;
    private final Kind kind;
    private final Event.Builder builder = Event.builder();

    /// How much is read, and how strictly.
    enum Kind {
        /// Everything; of a doubled key the last one counts.
        ALL,
        /// Everything; a doubled key is an error.
        STRICT,
        /// All but lengthy fields, which are passed over undecoded.
        BRIEF
    }

    private EventReader(JsonParser parser, Kind kind) {
        this.parser = parser;
        this.kind = kind;
    }

    static Event read(JsonFactory factory, byte[] json, Kind kind) {
        try (JsonParser parser = factory.createParser(json)) {
            return new EventReader(parser, kind).read();
        } catch (IOException e) {
            throw new MalformedEventException(JsonProblem.describe(e));
        }
    }

    /// Reads a part of a text that is a value of its own.
    static Object value(JsonFactory factory, byte[] json, int offset, int length) {
        try (JsonParser parser = factory.createParser(json, offset, length)) {
            parser.nextToken();
            return new EventReader(parser, Kind.ALL).value();
        } catch (IOException e) {
            throw new MalformedEventException(JsonProblem.describe(e));
        }
    }

    private Event read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedEventException("not a JSON object");
        }
        object("", FieldTree.ROOT);
        if (parser.nextToken() != null) {
            throw new MalformedEventException("text after the JSON object");
        }
        return builder.asItIs();
    }

    /// @param place where that path is in the tree of known fields; none when it is not there
    private void object(String path, @Nullable FieldTree place) throws IOException {
        boolean empty = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            String name = parser.currentName();
            FieldTree below = place == null ? null : place.child(name);
            String full = below == null ? FieldTree.join(path, name) : below.path();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                object(full, below);
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                member(full, below);
            }
        }
        if (empty && !path.isEmpty()) {
            put(Field.of(path), Map.of());
        }
    }

    private void member(String path, @Nullable FieldTree place) throws IOException {
        if (path.isEmpty()) {
            throw new MalformedEventException("a key is empty");
        }
        Field known = place == null ? null : place.field();
        Field field = known == null ? Field.of(path) : known;
        if (kind == Kind.BRIEF && field.lengthy()) {
            parser.skipChildren();
        } else {
            put(field, value());
        }
    }

    private void put(Field field, Object value) {
        if (kind == Kind.STRICT && builder.has(field)) {
            throw new MalformedEventException("a field is there twice");
        }
        builder.set(field, value);
    }

    private Object value() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> Values.freeze(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> list();
            case START_OBJECT -> map();
            default -> parser.getText();
        };
    }

    /// A number too large for 64 bits keeps its digits, as text.
    private Object integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> (Object) parser.getLongValue();
            default -> parser.getText();
        };
    }

    private List<Object> list() throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                list.add(value());
            }
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map() throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                map.put(name, value());
            }
        }
        return Collections.unmodifiableMap(map);
    }
}
