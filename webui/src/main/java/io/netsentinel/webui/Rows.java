package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The rows of the alert table and of the feed. Both the page and the codec write them here, so a
/// row that was pushed is byte for byte the row of a reload. They are the same for everyone: no
/// token, no button that depends on a role, and the time as a fixed value that the browser turns
/// into an age.
final class Rows {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT);

    /// The status that a triage change leads to.
    private static final String CHANGE_STATUS = "ns.change.status";

    private Rows() {}

    /// A row of the table on `/alerts`.
    static void table(Html out, Event event, RowState state) {
        Severity severity = event.severity();
        open(out, "<tr", event);
        out.attribute("data-status", state.status())
                .raw(" data-version='")
                .number(state.version())
                .raw("'><td class='pick'><input type='checkbox' name='alert'")
                .attribute("value", event.id())
                .raw(" aria-label='Select'></td><td>");
        badge(out, severity);
        out.raw("</td><td class='when'>");
        time(out, event.timestamp());
        out.raw("</td><td class='score num'").attribute("title", event.text(Fields.NS_SCORE_WHY));
        out.raw(">").number(event.score()).raw("</td><td class='sig'>");
        link(out, event, "");
        out.raw("</td><td class='src mono'>");
        end(out, event, Fields.SOURCE_GEO_COUNTRY_ISO_CODE, Fields.SOURCE_IP, Fields.SOURCE_PORT);
        out.raw("</td><td class='dst mono'>");
        end(
                out,
                event,
                Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                Fields.DESTINATION_IP,
                Fields.DESTINATION_PORT);
        out.raw("</td><td class='sensor'>").text(event.text(Fields.OBSERVER_NAME));
        out.raw("</td><td class='rule mono'>").text(event.text(Fields.RULE_ID));
        out.raw("</td><td class='state'><span class='who'>").text(who(state));
        out.raw("</span><button class='act' name='one'")
                .attribute("value", event.id())
                .raw(">Ack</button></td></tr>");
    }

    /// A row of the feed on the overview.
    static void feed(Html out, Event event) {
        open(out, "<li", event);
        out.raw(">");
        badge(out, event.severity());
        time(out, event.timestamp());
        link(out, event, "cut");
        out.raw("<span class='ends mono cut'>");
        end(out, event, Fields.SOURCE_GEO_COUNTRY_ISO_CODE, Fields.SOURCE_IP, Fields.SOURCE_PORT);
        out.raw(" → ");
        end(
                out,
                event,
                Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                Fields.DESTINATION_IP,
                Fields.DESTINATION_PORT);
        out.raw("</span><span class='sensor cut'>")
                .text(event.text(Fields.OBSERVER_NAME))
                .raw("</span></li>");
    }

    /// A triage change: nothing to see, the browser applies it to the row it names.
    ///
    /// @param tag `tr` or `li`, what the list it is sent to holds
    static void change(Html out, String tag, Event event) {
        out.raw("<" + tag + " class='change' hidden")
                .attribute("data-id", event.text(Fields.NS_CHANGE_ID))
                .attribute("data-action", event.text(Fields.NS_CHANGE_ACTION))
                .attribute("data-status", event.text(CHANGE_STATUS))
                .attribute("data-user", event.text(Fields.NS_CHANGE_USER))
                .attribute("data-note", event.text(Fields.NS_CHANGE_NOTE))
                .raw(" data-version='")
                .number(event.number(Fields.NS_CHANGE_VERSION, 0))
                .raw("'></" + tag + ">");
    }

    /// What stands beside the button: nothing for an open alert.
    static String who(RowState state) {
        return switch (state.status()) {
            case "acknowledged" ->
                    state.user().isEmpty() ? "Acknowledged" : "Ack by " + state.user();
            case "escalated" ->
                    state.user().isEmpty() ? "Escalated" : "Escalated by " + state.user();
            default -> "";
        };
    }

    /// The best name an alert has.
    static String signature(Event event) {
        for (String path :
                new String[] {
                    Fields.RULE_NAME, Fields.MESSAGE, Fields.EVENT_ACTION, Fields.EVENT_DATASET
                }) {
            String text = event.text(path);
            if (!text.isBlank()) {
                return text;
            }
        }
        return "Alert without a signature";
    }

    /// Where an alert has its own page.
    static String path(String id) {
        return "/alerts/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String full(Instant time) {
        return FULL.format(time.atOffset(ZoneOffset.UTC));
    }

    static String clock(Instant time) {
        return CLOCK.format(time.atOffset(ZoneOffset.UTC));
    }

    static String word(Severity severity) {
        String text = severity.text();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static void open(Html out, String tag, Event event) {
        out.raw(tag + " data-severity='" + event.severity().text() + "' data-time='")
                .number(event.timestamp().toEpochMilli())
                .raw("'")
                .attribute("data-id", event.id());
        String taken = event.text(Fields.EVENT_INGESTED);
        if (!taken.isEmpty()) {
            out.attribute("data-taken", taken);
        }
    }

    private static void badge(Html out, Severity severity) {
        out.raw("<span class='sev " + severity.text() + "'><i></i>" + word(severity) + "</span>");
    }

    private static void time(Html out, Instant time) {
        Instant shown = time.truncatedTo(ChronoUnit.MILLIS);
        out.raw("<time datetime='" + shown + "' title='" + full(shown) + "'>")
                .raw(clock(shown) + "</time>");
    }

    private static void link(Html out, Event event, String style) {
        String name = signature(event);
        out.raw("<a class='" + style + "'")
                .attribute("href", path(event.id()))
                .attribute("title", name)
                .raw(">")
                .text(name)
                .raw("</a>");
    }

    private static void end(Html out, Event event, String country, String ip, String port) {
        String code = event.text(country);
        if (!code.isEmpty()) {
            out.raw("<span class='cc'>").text(code).raw("</span> ");
        }
        out.raw("<bdi>").text(address(event.text(ip), event.text(port))).raw("</bdi>");
    }

    /// `1.2.3.4:80`, `[2001:db8::1]:80`, or the address alone.
    static String address(String ip, String port) {
        if (port.isEmpty()) {
            return ip;
        }
        return ip.contains(":") ? "[" + ip + "]:" + port : ip + ":" + port;
    }
}
