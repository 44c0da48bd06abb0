package io.netsentinel.detection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.events.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// An alert with its triage state as JSON: the same text in the index and in `GET /api/alerts`.
final class AlertJson {
    static final ObjectMapper JSON = new ObjectMapper();

    private AlertJson() {}

    @FunctionalInterface
    interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.getFactory().createGenerator(bytes)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] write(Alert alert) {
        return object(out -> members(out, alert));
    }

    static void members(JsonGenerator out, Alert alert) throws IOException {
        out.writeStringField("id", alert.id());
        out.writeStringField("status", alert.status().text());
        out.writeNumberField("version", alert.version());
        out.writeStringField("epoch", alert.epoch());
        out.writeNumberField("offset", alert.offset());
        out.writeNumberField("time", alert.time());
        out.writeFieldName("event");
        out.writeRawValue(new String(alert.event().toJson(), StandardCharsets.UTF_8));
        out.writeArrayFieldStart("history");
        for (Change change : alert.history()) {
            writeChange(out, change);
        }
        out.writeEndArray();
    }

    static byte[] page(AlertPage page) {
        return object(out -> {
            out.writeArrayFieldStart("alerts");
            for (Alert alert : page.alerts()) {
                out.writeStartObject();
                members(out, alert);
                out.writeEndObject();
            }
            out.writeEndArray();
            if (page.next().isPresent()) {
                out.writeStringField("next", page.next().get());
            }
        });
    }

    static byte[] changed(TriageResult.Changed changed) {
        return object(out -> members(out, changed));
    }

    static byte[] result(TriageResult result) {
        return object(out -> {
            out.writeArrayFieldStart("changed");
            for (TriageResult.Changed changed : result.changed()) {
                out.writeStartObject();
                members(out, changed);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("conflicts");
            for (TriageResult.Conflict conflict : result.conflicts()) {
                writeConflict(out, conflict);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("unknown");
            for (String id : result.unknown()) {
                out.writeString(id);
            }
            out.writeEndArray();
        });
    }

    private static void members(JsonGenerator out, TriageResult.Changed changed)
            throws IOException {
        out.writeStringField("id", changed.id());
        out.writeStringField("status", changed.status().text());
        out.writeNumberField("version", changed.version());
    }

    private static void writeConflict(JsonGenerator out, TriageResult.Conflict conflict)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("id", conflict.id());
        out.writeStringField("status", conflict.status().text());
        out.writeStringField("user", conflict.user());
        out.writeStringField("time", conflict.time().toString());
        out.writeStringField("message", conflict.message());
        out.writeEndObject();
    }

    private static void writeChange(JsonGenerator out, Change change) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", change.id());
        out.writeStringField("action", change.action());
        out.writeStringField("user", change.user());
        out.writeStringField("time", change.time().toString());
        out.writeStringField("note", change.note());
        out.writeNumberField("version", change.version());
        out.writeEndObject();
    }

    static Alert read(byte[] row) {
        try {
            JsonNode node = JSON.readTree(row);
            return new Alert(
                    Event.fromJson(JSON.writeValueAsBytes(node.get("event"))),
                    node.get("epoch").textValue(),
                    node.get("offset").longValue(),
                    node.get("time").longValue(),
                    Status.parse(node.get("status").textValue()).orElseThrow(),
                    node.get("version").intValue(),
                    history(node.get("history")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Change> history(JsonNode array) {
        List<Change> changes = new ArrayList<>(array.size());
        for (JsonNode node : array) {
            changes.add(
                    new Change(
                            node.get("id").textValue(),
                            node.get("action").textValue(),
                            node.get("user").textValue(),
                            Instant.parse(node.get("time").textValue()),
                            node.get("note").textValue(),
                            node.get("version").intValue()));
        }
        return changes;
    }
}
