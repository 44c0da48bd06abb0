package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.events.Severity;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.events.ThreatScore.Score;
import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Routed;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Reads events that are ECS already, one JSON object each. Missing parts are filled in (id, times,
/// sensor, score); what only the server may say (triage, incidents) is refused.
public final class EventNormalizer implements Normalizer {
    private static final String ID = "[A-Za-z0-9_-]{1,64}";

    /// Made by the service loader.
    public EventNormalizer() {}

    @Override
    public String format() {
        return "event";
    }

    @Override
    public Normalized normalize(byte[] line, int offset, int length, LineContext context) {
        if (!Utf8.valid(line, offset, length)) {
            return new Normalized.Rejected("not UTF-8");
        }
        try {
            Event event = Event.fromClientJson(Arrays.copyOfRange(line, offset, offset + length));
            return accept(event, context);
        } catch (MalformedEventException e) {
            return new Normalized.Rejected(String.valueOf(e.getMessage()));
        }
    }

    private static Normalized accept(Event event, LineContext context) {
        if (serverOnly(event)) {
            return new Normalized.Rejected(
                    "ns.change, ns.house and ns.incident_id are set by the server only");
        }
        Event.Builder builder = event.toBuilder();
        builder.put(Fields.ID, event.id().matches(ID) ? event.id() : Ulid.next());
        builder.put(Fields.EVENT_INGESTED, context.receivedText());
        time(event, builder, context);
        absent(event, builder, Fields.EVENT_KIND, "event");
        absent(event, builder, Fields.EVENT_MODULE, "custom");
        absent(event, builder, Fields.EVENT_DATASET, builder.text(Fields.EVENT_MODULE) + ".event");
        absent(event, builder, Fields.OBSERVER_NAME, context.source());
        score(event, builder);
        return new Normalized.Accepted(List.of(route(builder.build())));
    }

    private static boolean serverOnly(Event event) {
        boolean[] found = {event.has(Fields.NS_INCIDENT_ID)};
        event.forEach(
                (path, _) -> found[0] |= within(path, "ns.change") || within(path, "ns.house"));
        return found[0];
    }

    private static boolean within(String path, String part) {
        return path.equals(part) || path.startsWith(part + ".");
    }

    private static void time(Event event, Event.Builder builder, LineContext context) {
        try {
            builder.timestamp(OffsetDateTime.parse(event.text(Fields.TIMESTAMP)).toInstant());
        } catch (DateTimeException e) {
            builder.put(Fields.TIMESTAMP, context.receivedText());
            builder.put(Fields.NS_NOTE, "no usable timestamp: the time it was received is given");
        }
    }

    private static void absent(Event event, Event.Builder builder, String path, String value) {
        if (event.text(path).isEmpty()) {
            builder.put(path, value);
        }
    }

    /// A score the sender gives is taken, within 0 to 100; an alert without one is scored by the
    /// severity it names, or as medium.
    private static void score(Event event, Event.Builder builder) {
        long given = event.number(Fields.NS_SCORE, event.number(Fields.EVENT_RISK_SCORE_NORM, -1));
        if (given >= 0) {
            String why = event.text(Fields.NS_SCORE_WHY);
            builder.score(
                    new Score(
                            Math.clamp(given, 0, 100),
                            why.isEmpty() ? "given by the sender" : why));
        } else if (event.kind().equals("alert")) {
            builder.score(bySeverity(event));
        }
    }

    private static Score bySeverity(Event event) {
        Severity severity = Severity.parse(event.text(Fields.NS_SEVERITY)).orElse(Severity.MEDIUM);
        int value =
                switch (severity) {
                    case CRITICAL -> 99;
                    case HIGH -> 73;
                    case MEDIUM -> 47;
                    case LOW -> 21;
                    case INFO -> 0;
                };
        return new Score(value, "severity " + severity.text() + " = " + value);
    }

    private static Routed route(Event event) {
        if (event.kind().equals("alert")) {
            return new Routed(
                    event,
                    event.score() >= ThreatScore.THREAT
                            ? List.of(Channel.ALERTS, Channel.THREATS)
                            : List.of(Channel.ALERTS));
        }
        return new Routed(event, List.of(channel(event)));
    }

    private static String channel(Event event) {
        return switch (event.text(Fields.EVENT_MODULE).toLowerCase(Locale.ROOT)) {
            case "cowrie", "honeypot" -> Channel.HONEYPOT;
            case "syslog", "system" -> Channel.LOGS;
            case "pcap" ->
                    event.text(Fields.EVENT_DATASET).equals("pcap.flow")
                            ? Channel.NETWORK
                            : Channel.PACKETS;
            default -> event.kind().equals("metric") ? Channel.METRICS : Channel.NETWORK;
        };
    }
}
