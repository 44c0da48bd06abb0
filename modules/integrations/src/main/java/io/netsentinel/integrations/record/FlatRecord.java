package io.netsentinel.integrations.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netsentinel.events.Json;
import io.netsentinel.events.JsonProblem;
import io.netsentinel.integrations.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A JSON record as a flat map: keys of nested objects are joined by `_`, and a dot in a key is a
/// `_` too, because sensors write the same name in all three ways. A value is a `String`, `Long`,
/// `Double`, `Boolean`, or a list of these; what is null or deeper is left out.
public final class FlatRecord {
    private static final JsonFactory JSON = Json.sensors();
    private static final int MOST_KEYS = 1_000;
    private static final int MOST_ELEMENTS = 100;

    private final JsonParser parser;
    private final Map<String, Object> values = new HashMap<>(64);

    private FlatRecord(JsonParser parser) {
        this.parser = parser;
    }

    /// What was read.
    public sealed interface Result {
        /// It is a record.
        ///
        /// @param values by key
        /// @param note what had to be mended; empty for nothing
        record Values(Map<String, Object> values, String note) implements Result {}

        /// It is none.
        ///
        /// @param reason why it is no record, fit to be shown
        record Bad(String reason) implements Result {}
    }

    /// Reads a line that is one JSON object.
    public static Result read(byte[] line, int offset, int length) {
        if (length < 2 || line[offset] != '{' || line[offset + 1] == 0) {
            return new Result.Bad("not a JSON object");
        }
        if (!Utf8.valid(line, offset, length)) {
            byte[] repaired = Utf8.repaired(line, offset, length);
            return parse(repaired, 0, repaired.length, "invalid UTF-8 was replaced");
        }
        return parse(line, offset, length, "");
    }

    private static Result parse(byte[] line, int offset, int length, String note) {
        try (JsonParser parser = JSON.createParser(line, offset, length)) {
            parser.nextToken();
            FlatRecord record = new FlatRecord(parser);
            record.object("");
            return parser.nextToken() == null
                    ? new Result.Values(record.values, note)
                    : new Result.Bad("text after the JSON object");
        } catch (IOException e) {
            return new Result.Bad(
                    JsonProblem.describe(e) + (note.isEmpty() ? "" : ", and it is not UTF-8"));
        }
    }

    private void object(String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName().replace('.', '_');
            String key = prefix.isEmpty() ? name : prefix + "_" + name;
            switch (parser.nextToken()) {
                case START_OBJECT -> object(key);
                case START_ARRAY -> keep(key, array());
                case VALUE_NULL -> {}
                default -> keep(key, scalar());
            }
        }
    }

    private void keep(String key, Object value) {
        if (values.size() < MOST_KEYS) {
            values.putIfAbsent(key, value);
        }
    }

    private List<Object> array() throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL
                    && elements.size() < MOST_ELEMENTS) {
                elements.add(scalar());
            }
        }
        return elements;
    }

    private Object scalar() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT ->
                    switch (parser.getNumberType()) {
                        case INT, LONG -> (Object) parser.getLongValue();
                        default -> parser.getText();
                    };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getText();
        };
    }
}
