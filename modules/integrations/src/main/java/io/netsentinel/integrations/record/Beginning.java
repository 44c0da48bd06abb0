package io.netsentinel.integrations.record;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Utf8;
import io.netsentinel.integrations.spi.LineContext;
import java.util.List;

/// What every record of a sensor gets, whatever it says.
public final class Beginning {
    /// Most bytes of a line that are kept in `raw`.
    public static final int MAX_RAW = 32_768;

    private static final String NO_TIME = "no usable timestamp: the time it was received is given";

    private Beginning() {}

    /// Puts the line itself and when it was received.
    public static void raw(
            Event.Builder event, byte[] line, int offset, int length, LineContext context) {
        event.put(Fields.EVENT_INGESTED, context.receivedText());
        event.put(Fields.RAW, Utf8.head(line, offset, length, MAX_RAW));
        if (length > MAX_RAW) {
            event.put(Fields.NS_RAW_TRUNCATED, true);
        }
    }

    /// Fills in who saw it and when, where the record did not say so.
    ///
    /// @param note what was mended; empty for nothing
    public static void complete(Event.Builder event, LineContext context, String note) {
        if (event.text(Fields.OBSERVER_NAME).isEmpty()) {
            event.put(Fields.OBSERVER_NAME, context.source());
        }
        event.putText(Fields.NS_NOTE, note);
        if (!event.has(Fields.TIMESTAMP)) {
            event.put(Fields.TIMESTAMP, context.receivedText());
            event.put(Fields.NS_NOTE, note.isEmpty() ? NO_TIME : note + "; " + NO_TIME);
        }
        String source = event.text(Fields.SOURCE_IP);
        if (!source.isEmpty()) {
            event.put(Fields.NETWORK_TYPE, source.indexOf(':') < 0 ? "ipv4" : "ipv6");
        }
    }

    /// Puts ECS' classification.
    public static void kind(
            Event.Builder event, String kind, List<String> categories, List<String> types) {
        event.put(Fields.EVENT_KIND, kind);
        event.put(Fields.EVENT_CATEGORY, categories);
        event.put(Fields.EVENT_TYPE, types);
    }

    /// A kind of record as part of a name: itself when it is plain, `unknown` when it is not. What
    /// a record calls itself is foreign text.
    public static String plain(String text) {
        return text.matches("[a-z0-9_.]{1,48}") ? text : "unknown";
    }
}
