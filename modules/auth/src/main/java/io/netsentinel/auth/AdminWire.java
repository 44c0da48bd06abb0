package io.netsentinel.auth;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls and replies as lines of JSON: `{"command":"user.add","name":"ada","role":"viewer"}`,
/// answered by `{"rows":[{…}]}` or `{"error":"…"}`.
final class AdminWire {
    private static final String COMMAND = "command";
    private static final String ROWS = "rows";
    private static final String ERROR = "error";

    private AdminWire() {}

    static String line(AdminCall call) {
        JsonObjectBuilder object = Json.createObjectBuilder().add(COMMAND, call.command());
        call.arguments().forEach(object::add);
        return object.build().toString();
    }

    static String line(AdminReply reply) {
        return switch (reply) {
            case AdminReply.Failed failed ->
                    Json.createObjectBuilder().add(ERROR, failed.message()).build().toString();
            case AdminReply.Done done -> {
                JsonArrayBuilder rows = Json.createArrayBuilder();
                for (Map<String, String> row : done.rows()) {
                    JsonObjectBuilder object = Json.createObjectBuilder();
                    row.forEach(object::add);
                    rows.add(object);
                }
                yield Json.createObjectBuilder().add(ROWS, rows).build().toString();
            }
        };
    }

    /// @throws IllegalArgumentException when the line is not a call
    static AdminCall call(String line) {
        Map<String, String> arguments = strings(object(line));
        String command = arguments.remove(COMMAND);
        if (command == null) {
            throw new IllegalArgumentException("no command");
        }
        return new AdminCall(command, arguments);
    }

    /// @throws IllegalArgumentException when the line is not a reply
    static AdminReply reply(String line) {
        JsonObject object = object(line);
        if (object.get(ERROR) instanceof JsonString error) {
            return new AdminReply.Failed(error.getString());
        }
        if (!(object.get(ROWS) instanceof JsonArray rows)) {
            throw new IllegalArgumentException("neither rows nor an error");
        }
        List<Map<String, String>> parsed = new ArrayList<>();
        for (JsonObject row : rows.getValuesAs(JsonObject.class)) {
            parsed.add(strings(row));
        }
        return new AdminReply.Done(parsed);
    }

    private static JsonObject object(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
    }

    private static Map<String, String> strings(JsonObject object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (!(value instanceof JsonString text)) {
                throw new IllegalArgumentException(name + " is not a string");
            }
            strings.put(name, text.getString());
        });
        return strings;
    }
}
