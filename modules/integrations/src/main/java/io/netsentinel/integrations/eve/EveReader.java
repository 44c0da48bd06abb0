package io.netsentinel.integrations.eve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netsentinel.events.Event;
import io.netsentinel.integrations.record.Conversion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Walks through one EVE record along the tree of [EveMapping] and fills a builder. What the tree
/// does not know is skipped without being decoded.
final class EveReader {
    private static final int MAX_ELEMENTS = 100;
    private static final Map<String, String> RECORD_KEYS =
            Map.of("rrname", "name", "rrtype", "type", "rdata", "data", "ttl", "ttl");

    private final JsonParser parser;
    private final Event.Builder event;

    EveReader(JsonParser parser, Event.Builder event) {
        this.parser = parser;
        this.event = event;
    }

    /// Reads the object the parser stands at.
    void object(EveNode node) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            EveNode child = node.child(parser.currentName());
            parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else {
                value(child);
            }
        }
    }

    private void value(EveNode node) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(node);
            case START_ARRAY -> array(node);
            case VALUE_NULL -> {}
            default -> scalar(node);
        }
    }

    private void array(EveNode node) throws IOException {
        if (node.target().isPresent() && node.target().get().conversion() == Conversion.RECORDS) {
            event.put(node.target().get().field(), records());
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            value(node);
        }
    }

    private void scalar(EveNode node) throws IOException {
        if (node.target().isEmpty()) {
            return;
        }
        EveNode.Target target = node.target().get();
        Optional<Object> converted = target.conversion().apply(read());
        if (converted.isPresent()) {
            put(target, converted.get());
        }
    }

    private void put(EveNode.Target target, Object value) {
        if (target.conversion().list()) {
            List<Object> list =
                    new ArrayList<>(list(event.value(target.field()).orElse(List.of())));
            if (list.size() < MAX_ELEMENTS && !list.contains(value)) {
                list.add(value);
                event.put(target.field(), list);
            }
        } else if (!target.conversion().soft() || !event.has(target.field())) {
            event.put(target.field(), value);
        }
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private Object read() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getText();
        };
    }

    private Object integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> (Object) parser.getLongValue();
            default -> parser.getText();
        };
    }

    private List<Map<String, Object>> records() throws IOException {
        List<Map<String, Object>> records = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT && records.size() < MAX_ELEMENTS) {
                records.add(record());
            } else {
                parser.skipChildren();
            }
        }
        return records;
    }

    private Map<String, Object> record() throws IOException {
        Map<String, Object> record = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = RECORD_KEYS.get(parser.currentName());
            JsonToken token = parser.nextToken();
            if (key != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                Conversion.KEEP.apply(read()).ifPresent(value -> record.put(key, value));
            } else {
                parser.skipChildren();
            }
        }
        return record;
    }
}
