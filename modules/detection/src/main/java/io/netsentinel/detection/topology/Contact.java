package io.netsentinel.detection.topology;

import io.netsentinel.detection.finding.Attempts;
import io.netsentinel.detection.finding.Networks;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IsoTime;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One host turned to another.
///
/// @param first when it began, milliseconds since 1970
/// @param last when it ended
/// @param out bytes from the source
/// @param in bytes to the source
/// @param answered whether there was an answer, or none was to be expected
record Contact(
        String source,
        String destination,
        String transport,
        int port,
        String protocol,
        long first,
        long last,
        long out,
        long in,
        boolean answered) {

    static Set<String> fields() {
        Set<String> fields = new TreeSet<>(Attempts.FIELDS);
        fields.addAll(
                Set.of(
                        Fields.NETWORK_PROTOCOL,
                        Fields.SOURCE_BYTES,
                        Fields.DESTINATION_BYTES,
                        Fields.EVENT_END));
        return fields;
    }

    /// Flows tell of contacts, and each contact is told of by one.
    static Optional<Contact> of(Sighting sighting) {
        Event event = sighting.event();
        String source = event.text(Fields.SOURCE_IP);
        String destination = event.text(Fields.DESTINATION_IP);
        if (source.isEmpty() || destination.isEmpty() || !flow(event) || Networks.many(source)) {
            return Optional.empty();
        }
        boolean one = !Networks.many(destination);
        return Optional.of(
                new Contact(
                        source,
                        destination,
                        event.text(Fields.NETWORK_TRANSPORT),
                        (int) event.number(Fields.DESTINATION_PORT, 0),
                        event.text(Fields.NETWORK_PROTOCOL),
                        sighting.at(),
                        Math.max(sighting.at(), end(event)),
                        Math.max(0, event.number(Fields.SOURCE_BYTES, 0)),
                        Math.max(0, event.number(Fields.DESTINATION_BYTES, 0)),
                        one && answered(event)));
    }

    private static boolean flow(Event event) {
        return switch (event.text(Fields.EVENT_DATASET)) {
            case "suricata.flow", "zeek.conn", "pcap.flow" -> true;
            default -> false;
        };
    }

    /// Of what is sent one way on purpose, such as log messages, no answer is expected, inside.
    private static boolean answered(Event event) {
        return !Attempts.unanswered(event)
                || (!Attempts.tcp(event)
                        && Networks.inside(event.text(Fields.SOURCE_IP))
                        && Networks.inside(event.text(Fields.DESTINATION_IP)));
    }

    private static long end(Event event) {
        String end = event.text(Fields.EVENT_END);
        if (!end.isEmpty()) {
            try {
                return IsoTime.parse(end).toEpochMilli();
            } catch (DateTimeException _) {
                // no time after all
            }
        }
        return 0;
    }
}
