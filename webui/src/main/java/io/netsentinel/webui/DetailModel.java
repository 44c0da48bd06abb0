package io.netsentinel.webui;

import io.netsentinel.detection.Alert;
import io.netsentinel.detection.Change;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One alert with everything that is known of it, as its template takes it. Every text in here came
/// from outside and went through [Visible].
record DetailModel(
        String id,
        int version,
        String severity,
        String severityWord,
        String status,
        Instant at,
        String signature,
        String href,
        String here,
        String closeHref,
        Toggle toggle,
        boolean canEscalate,
        String source,
        String destination,
        List<Pair> flow,
        int score,
        String scoreWhy,
        List<Pair> rule,
        List<Payload> payloads,
        List<Step> changes,
        List<Pair> fields,
        String raw) {

    /// Shown elsewhere in full, or too long for a table.
    private static final Set<String> NOT_LISTED =
            Set.of(Fields.RAW, Fields.NS_PAYLOAD, Fields.NS_PAYLOAD_PRINTABLE, Fields.NS_PACKET);

    /// A name and a value.
    ///
    /// @param style `mono` for addresses and ids
    record Pair(String name, String value, String style) {}

    /// The main button: acknowledge, or take it back.
    record Toggle(String action, String label, String style) {}

    /// A line of the history.
    record Step(String user, String what, Instant when, String note) {
        String time() {
            return when.toString();
        }

        String timeFull() {
            return Rows.full(when);
        }
    }

    /// Where a rule of the house is made of it.
    String suppressHref() {
        return "/alerts/suppress?alert="
                + URLEncoder.encode(id, StandardCharsets.UTF_8)
                + "&back="
                + URLEncoder.encode(here, StandardCharsets.UTF_8);
    }

    String time() {
        return at.toString();
    }

    String timeFull() {
        return Rows.full(at);
    }

    /// @param here the address to come back to after a change
    /// @param closeHref where closing leads
    static DetailModel of(Alert alert, String here, String closeHref) {
        Event event = alert.event();
        return new DetailModel(
                alert.id(),
                alert.version(),
                event.severity().text(),
                Rows.word(event.severity()),
                status(alert),
                event.timestamp(),
                Visible.of(Rows.signature(event)),
                Rows.path(alert.id()),
                here,
                closeHref,
                toggle(alert.status()),
                alert.status() != Status.ESCALATED,
                end(
                        event,
                        Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                        Fields.SOURCE_IP,
                        Fields.SOURCE_PORT),
                end(
                        event,
                        Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                        Fields.DESTINATION_IP,
                        Fields.DESTINATION_PORT),
                flow(event),
                event.score(),
                Visible.of(event.text(Fields.NS_SCORE_WHY)),
                rule(event),
                payloads(event),
                changes(alert),
                fields(event),
                Visible.of(event.text(Fields.RAW)));
    }

    private static String status(Alert alert) {
        String who = Rows.who(AlertsModel.state(alert));
        return who.isEmpty() ? "Open" : Visible.of(who.replaceFirst("^Ack ", "Acknowledged "));
    }

    private static Toggle toggle(Status status) {
        return status == Status.ACKNOWLEDGED
                ? new Toggle("/alerts/unack", "Reopen", "")
                : new Toggle("/alerts/ack", "Acknowledge", "main");
    }

    static String end(Event event, String country, String ip, String port) {
        String code = event.text(country);
        String address = Rows.address(event.text(ip), event.text(port));
        return Visible.of(
                (code.isEmpty() ? "" : code + " ") + (address.isEmpty() ? "unknown" : address));
    }

    static List<Pair> flow(Event event) {
        PairList pairs = new PairList(event);
        pairs.text("Protocol", Fields.NETWORK_TRANSPORT)
                .text("Application", Fields.NETWORK_PROTOCOL);
        pairs.text("Sensor", Fields.OBSERVER_NAME).text("Direction", Fields.NETWORK_DIRECTION);
        pairs.text("Source name", Fields.NS_SOURCE_ASSET, Fields.SOURCE_DOMAIN)
                .text("Source owner", Fields.NS_SOURCE_OWNER)
                .text("Source criticality", Fields.NS_SOURCE_CRITICALITY);
        pairs.text("Destination name", Fields.NS_DESTINATION_ASSET, Fields.DESTINATION_DOMAIN)
                .text("Destination owner", Fields.NS_DESTINATION_OWNER)
                .text("Destination criticality", Fields.NS_DESTINATION_CRITICALITY);
        pairs.mono("Request", Fields.HTTP_REQUEST_METHOD, Fields.URL_ORIGINAL, Fields.URL_PATH);
        pairs.mono("Host", Fields.URL_DOMAIN).mono("User agent", Fields.USER_AGENT_ORIGINAL);
        pairs.mono("DNS name", Fields.DNS_QUESTION_NAME)
                .mono("TLS name", Fields.TLS_CLIENT_SERVER_NAME);
        pairs.bytes("To destination", Fields.SOURCE_BYTES)
                .bytes("To source", Fields.DESTINATION_BYTES);
        pairs.mono("Community id", Fields.NETWORK_COMMUNITY_ID).mono("Flow", Fields.FLOW_ID);
        return pairs.list();
    }

    private static List<Pair> rule(Event event) {
        PairList pairs = new PairList(event);
        pairs.mono("Rule", Fields.RULE_ID).text("Category", Fields.RULE_CATEGORY);
        pairs.text("Rule set", Fields.RULE_RULESET).text("Action", Fields.EVENT_ACTION);
        pairs.mono("Vulnerability", Fields.VULNERABILITY_ID);
        pairs.mono("Technique", Fields.THREAT_TECHNIQUE_ID, Fields.THREAT_TECHNIQUE_NAME);
        pairs.mono("Tactic", Fields.THREAT_TACTIC_ID, Fields.THREAT_TACTIC_NAME);
        return pairs.list();
    }

    static List<Payload> payloads(Event event) {
        List<Payload> parts = new ArrayList<>();
        if (event.has(Fields.NS_PAYLOAD)) {
            parts.add(Payload.base64("Payload", event.text(Fields.NS_PAYLOAD)));
        } else if (event.has(Fields.NS_PAYLOAD_PRINTABLE)) {
            parts.add(Payload.printable("Payload", event.text(Fields.NS_PAYLOAD_PRINTABLE)));
        }
        if (event.has(Fields.HTTP_REQUEST_BODY_CONTENT)) {
            parts.add(
                    Payload.printable(
                            "Request body", event.text(Fields.HTTP_REQUEST_BODY_CONTENT)));
        }
        if (event.has(Fields.HTTP_RESPONSE_BODY_CONTENT)) {
            parts.add(
                    Payload.printable(
                            "Response body", event.text(Fields.HTTP_RESPONSE_BODY_CONTENT)));
        }
        if (event.has(Fields.NS_PACKET)) {
            parts.add(Payload.base64("Packet", event.text(Fields.NS_PACKET)));
        }
        return parts;
    }

    /// Newest last, beginning with the alert itself.
    private static List<Step> changes(Alert alert) {
        List<Step> steps = new ArrayList<>();
        String sensor = alert.event().text(Fields.OBSERVER_NAME);
        steps.add(
                new Step(
                        Visible.of(sensor.isEmpty() ? "A sensor" : sensor), "raised it",
                        Instant.ofEpochMilli(alert.time()), ""));
        for (Change change : alert.history()) {
            steps.add(
                    new Step(
                            Visible.of(change.user()),
                            word(change.action()),
                            change.time(),
                            Visible.of(change.note())));
        }
        return steps;
    }

    private static String word(String action) {
        return switch (action) {
            case "ack" -> "acknowledged it";
            case "unack" -> "opened it again";
            case "escalate" -> "escalated it";
            case "note" -> "wrote";
            default -> Visible.of(action);
        };
    }

    static List<Pair> fields(Event event) {
        List<Pair> pairs = new ArrayList<>();
        event.forEach((path, _) -> {
            if (!NOT_LISTED.contains(path)) {
                pairs.add(new Pair(Visible.of(path), Visible.of(event.text(path)), "mono"));
            }
        });
        return pairs;
    }
}
