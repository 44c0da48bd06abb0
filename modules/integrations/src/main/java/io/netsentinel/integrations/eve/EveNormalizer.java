package io.netsentinel.integrations.eve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Json;
import io.netsentinel.events.JsonProblem;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.integrations.Utf8;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Routed;
import java.io.IOException;
import java.util.List;

/// Reads Suricata's EVE JSON: one record a line, every event type, also ones not known here.
public final class EveNormalizer implements Normalizer {
    /// Most bytes of a line that are kept in `raw`.
    public static final int MAX_RAW = 32_768;

    private static final String EVENT_TYPE = "ns.event_type";
    private static final String UNKNOWN = "unknown";
    private static final List<String> ALERT = List.of(Channel.ALERTS);
    private static final List<String> ALERT_AND_THREAT = List.of(Channel.ALERTS, Channel.THREATS);
    private static final List<String> NETWORK = List.of(Channel.NETWORK);
    private static final List<String> PACKETS = List.of(Channel.PACKETS);
    private static final List<String> SYSTEM = List.of(Channel.SYSTEM);

    private final JsonFactory json = Json.sensors();

    @Override
    public String format() {
        return "eve";
    }

    @Override
    public Normalized normalize(byte[] line, int offset, int length, LineContext context) {
        if (length < 2 || line[offset] != '{' || line[offset + 1] == 0) {
            return new Normalized.Rejected("not a JSON object");
        }
        try {
            return read(line, offset, length, context, "");
        } catch (IOException e) {
            return Utf8.valid(line, offset, length)
                    ? new Normalized.Rejected(JsonProblem.describe(e))
                    : repair(line, offset, length, context);
        }
    }

    /// An attacker who gets one bad byte into a field must not make the whole alert disappear.
    private Normalized repair(byte[] line, int offset, int length, LineContext context) {
        byte[] repaired = Utf8.repaired(line, offset, length);
        try {
            return read(repaired, 0, repaired.length, context, "invalid UTF-8 was replaced");
        } catch (IOException e) {
            return new Normalized.Rejected(JsonProblem.describe(e) + ", and it is not UTF-8");
        }
    }

    private Normalized read(byte[] line, int offset, int length, LineContext context, String note)
            throws IOException {
        Event.Builder event = Event.builder();
        try (JsonParser parser = json.createParser(line, offset, length)) {
            parser.nextToken();
            new EveReader(parser, event).object(EveMapping.ROOT);
            if (parser.nextToken() != null) {
                return new Normalized.Rejected("text after the JSON object");
            }
        }
        String type = type(event.text(EVENT_TYPE));
        if (type.isEmpty()) {
            return new Normalized.Rejected("no event_type: not an EVE record");
        }
        if (!Utf8.valid(line, offset, length)) {
            // the parser skips unmapped text unseen, so a bad byte may have gone through it
            return repair(line, offset, length, context);
        }
        event.remove(EVENT_TYPE);
        source(event, type, context, note);
        event.put(Fields.RAW, Utf8.head(line, offset, length, MAX_RAW));
        if (length > MAX_RAW) {
            event.put(Fields.NS_RAW_TRUNCATED, true);
        }
        EveCompletion.complete(event, type);
        return new Normalized.Accepted(List.of(route(event.build(), type)));
    }

    /// The event type as part of a name; a strange one is not repeated there.
    private static String type(String text) {
        if (text.length() > 40) {
            return UNKNOWN;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                return UNKNOWN;
            }
        }
        return text;
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static void source(Event.Builder event, String type, LineContext context, String note) {
        event.put(Fields.EVENT_INGESTED, context.receivedText());
        event.put(Fields.EVENT_MODULE, "suricata");
        event.put(Fields.EVENT_DATASET, "suricata." + type);
        event.put(Fields.OBSERVER_TYPE, "ids");
        event.put(Fields.OBSERVER_PRODUCT, "Suricata");
        if (event.text(Fields.OBSERVER_NAME).isEmpty()) {
            event.put(Fields.OBSERVER_NAME, context.source());
        }
        event.putText(Fields.NS_NOTE, note);
        if (!event.has(Fields.TIMESTAMP)) {
            event.put(Fields.TIMESTAMP, context.receivedText());
            event.put(
                    Fields.NS_NOTE,
                    (note.isEmpty() ? "" : note + "; ")
                            + "no usable timestamp: the time it was received is given");
        }
    }

    private static Routed route(Event event, String type) {
        return new Routed(
                event,
                switch (type) {
                    case "alert" -> event.score() >= ThreatScore.THREAT ? ALERT_AND_THREAT : ALERT;
                    case "stats" -> SYSTEM;
                    case "anomaly" ->
                            event.text(Fields.NS_ANOMALY_TYPE).equals("applayer")
                                    ? NETWORK
                                    : PACKETS;
                    default -> NETWORK;
                });
    }
}
