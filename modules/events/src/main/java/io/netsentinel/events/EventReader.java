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

/// Reads nested JSON into dotted paths.
final class EventReader {
    private final JsonParser parser;
    private final boolean strict;
    private final Event.Builder builder = Event.builder();

    private EventReader(JsonParser parser, boolean strict) {
        this.parser = parser;
        this.strict = strict;
    }

    static Event read(JsonFactory factory, byte[] json, boolean strict) {
        try (JsonParser parser = factory.createParser(json)) {
            return new EventReader(parser, strict).read();
        } catch (IOException e) {
            throw new MalformedEventException(JsonProblem.describe(e));
        }
    }

    private Event read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedEventException("not a JSON object");
        }
        object("");
        if (parser.nextToken() != null) {
            throw new MalformedEventException("text after the JSON object");
        }
        return builder.asItIs();
    }

    private void object(String path) throws IOException {
        boolean empty = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            String name = parser.currentName();
            String full = path.isEmpty() ? name : path + "." + name;
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                object(full);
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                put(full, value());
            }
        }
        if (empty && !path.isEmpty()) {
            put(path, Map.of());
        }
    }

    private void put(String path, Object value) {
        if (path.isEmpty()) {
            throw new MalformedEventException("a key is empty");
        }
        Field field = Field.of(path);
        if (strict && builder.has(path)) {
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
