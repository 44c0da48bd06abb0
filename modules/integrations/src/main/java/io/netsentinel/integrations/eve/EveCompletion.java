package io.netsentinel.integrations.eve;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.record.Conversion;
import io.netsentinel.integrations.record.RecordTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills in what follows from the fields a record has, the same for all kinds of records.
final class EveCompletion {
    private EveCompletion() {}

    static void complete(Event.Builder event, String eventType) {
        EveTypes.Type type = EveTypes.of(eventType);
        event.put(Fields.EVENT_KIND, type.kind());
        event.put(Fields.EVENT_CATEGORY, type.categories());
        event.put(Fields.EVENT_TYPE, type.types());
        if (!type.protocol().isEmpty()) {
            event.put(Fields.NETWORK_PROTOCOL, type.protocol());
        }
        network(event);
        url(event);
        tls(event);
        dns(event);
        file(event);
        switch (eventType) {
            case "alert" -> EveAlert.complete(event);
            case "anomaly" -> anomaly(event);
            case "stats" -> event.put(Fields.MESSAGE, "sensor statistics");
            case "drop" -> event.put(Fields.EVENT_ACTION, "dropped");
            default -> EveOutcome.complete(event, eventType);
        }
    }

    private static void network(Event.Builder event) {
        String source = event.text(Fields.SOURCE_IP);
        if (!source.isEmpty()) {
            event.put(Fields.NETWORK_TYPE, source.indexOf(':') < 0 ? "ipv4" : "ipv6");
        }
        if (event.text(Fields.NS_DIRECTION).equals("to_client")) {
            // counted from the client's side, but the packet came from the server
            swap(event, Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES);
            swap(event, Fields.SOURCE_PACKETS, Fields.DESTINATION_PACKETS);
        }
        sum(event, Fields.NETWORK_BYTES, Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES);
        sum(event, Fields.NETWORK_PACKETS, Fields.SOURCE_PACKETS, Fields.DESTINATION_PACKETS);
        if (event.has(Fields.EVENT_START) && event.has(Fields.EVENT_END)) {
            event.put(
                    Fields.EVENT_DURATION,
                    nanoseconds(
                            RecordTime.between(
                                    event.text(Fields.EVENT_START), event.text(Fields.EVENT_END))));
        }
    }

    private static long nanoseconds(Duration duration) {
        boolean sane = !duration.isNegative() && duration.toDays() < 36_500;
        return sane ? duration.toNanos() : 0;
    }

    private static void swap(Event.Builder event, String a, String b) {
        if (event.has(a) && event.has(b)) {
            long first = event.number(a, 0);
            event.put(a, event.number(b, 0));
            event.put(b, first);
        }
    }

    private static void sum(Event.Builder event, String total, String a, String b) {
        if (event.has(a)) {
            event.put(total, event.number(a, 0) + event.number(b, 0));
        }
    }

    private static void url(Event.Builder event) {
        String url = event.text(Fields.URL_ORIGINAL);
        if (url.startsWith("/")) {
            int query = url.indexOf('?');
            event.put(Fields.URL_PATH, query < 0 ? url : url.substring(0, query));
            if (query >= 0) {
                event.put(Fields.URL_QUERY, url.substring(query + 1));
            }
        }
        String version = event.text(Fields.HTTP_VERSION);
        if (version.startsWith("HTTP/")) {
            event.put(Fields.HTTP_VERSION, version.substring("HTTP/".length()));
        }
    }

    private static void tls(Event.Builder event) {
        String version = event.text(Fields.TLS_VERSION);
        int space = version.indexOf(' ');
        if (space >= 0) {
            event.put(
                    Fields.TLS_VERSION_PROTOCOL,
                    version.substring(0, space).toLowerCase(Locale.ROOT));
            event.put(Fields.TLS_VERSION, version.substring(space + 1));
        }
    }

    private static void dns(Event.Builder event) {
        switch (event.text(Fields.DNS_TYPE)) {
            case "request" -> event.put(Fields.DNS_TYPE, "query");
            case "response" -> event.put(Fields.DNS_TYPE, "answer");
            default -> {}
        }
        List<Object> addresses = new ArrayList<>(0);
        if (event.value(Fields.DNS_ANSWERS).orElse("") instanceof List<?> answers) {
            answers.forEach(answer -> address(answer, addresses));
        } else if (isAddress(event.text("ns.dns.rdata"), event.text(Fields.DNS_QUESTION_TYPE))) {
            addresses.add(event.text("ns.dns.rdata"));
        }
        if (!addresses.isEmpty()) {
            event.put(Fields.DNS_RESOLVED_IP, addresses);
        }
    }

    private static void address(Object answer, List<Object> addresses) {
        if (answer instanceof Map<?, ?> record
                && isAddress(text(record.get("data")), text(record.get("type")))) {
            addresses.add(Conversion.IP.apply(text(record.get("data"))).orElse(""));
        }
    }

    private static boolean isAddress(String data, String type) {
        return !data.isEmpty() && (type.equals("A") || type.equals("AAAA"));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static void file(Event.Builder event) {
        String path = event.text(Fields.FILE_PATH);
        if (path.isEmpty()) {
            event.remove(Fields.FILE_PATH);
            return;
        }
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        event.putText(Fields.FILE_NAME, name);
    }

    private static void anomaly(Event.Builder event) {
        String what = event.text(Fields.EVENT_REASON);
        event.put(Fields.MESSAGE, "anomaly " + event.text(Fields.NS_ANOMALY_TYPE) + " " + what);
        event.put(
                Fields.NS_DEDUP_KEY,
                what
                        + "|"
                        + event.text(Fields.SOURCE_IP)
                        + "|"
                        + event.text(Fields.DESTINATION_IP));
    }
}
