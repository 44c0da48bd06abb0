package io.netsentinel.integrations.sink.format;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.spi.SinkRecord;

/// What a record looks like in a target's own format.
public interface Payload {
    /// The record as bytes: one line without its end.
    ///
    /// @throws io.netsentinel.events.MalformedEventException when the stored JSON is no event and
    ///   the format needs one
    byte[] write(SinkRecord record);

    /// The event as it is stored.
    ///
    /// @param raw whether the sensor's own line stays in it
    static Payload json(boolean raw) {
        return raw
                ? record -> SafeJson.line(record.payload())
                : record -> SafeJson.line(withoutRaw(record));
    }

    /// The payload of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    static Payload of(String name, boolean raw) {
        return switch (name) {
            case "json" -> json(raw);
            case "cef" -> new CefPayload();
            case "leef" -> new LeefPayload();
            default ->
                    throw new IllegalArgumentException(
                            "payload: expected json, cef or leef, found \"" + name + "\"");
        };
    }

    private static byte[] withoutRaw(SinkRecord record) {
        try {
            Event event = record.event();
            return event.has(Fields.RAW)
                    ? event.toBuilder().remove(Fields.RAW).build().toJson()
                    : record.payload();
        } catch (MalformedEventException _) {
            return record.payload();
        }
    }
}
