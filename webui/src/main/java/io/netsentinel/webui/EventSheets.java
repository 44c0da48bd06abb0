package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.HistoryRequest;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Selection;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The newest events of a channel as a table: logs, the audit trail.
final class EventSheets {
    private static final int MOST = 200;

    private final Hub hub;

    EventSheets(Hub hub) {
        this.hub = hub;
    }

    /// @throws FilterException when the filter is not one
    Sheet logs(Identity who, String filter) {
        return sheet(
                Channel.LOGS,
                "Logs",
                List.of(
                        new Column("Time", "num"),
                        new Column("Level", ""),
                        new Column("Host", ""),
                        new Column("Program", ""),
                        new Column("Message", "wide")),
                newest(who, Channel.LOGS, filter).stream().map(EventSheets::logLine).toList(),
                "Listen for syslog, or follow a log file: see Sources in the documentation.");
    }

    private static Line logLine(Shown one) {
        Event event = one.event();
        String severity = event.severity().text();
        return new Line(
                "e-" + one.offset(),
                List.of(
                        Cell.date(event.timestamp()),
                        Cell.state(
                                first(event, "log.level", "log.syslog.severity.name", severity),
                                mark(severity)),
                        Cell.of(
                                first(
                                        event,
                                        "host.name",
                                        "host.hostname",
                                        text(event, Fields.OBSERVER_NAME))),
                        Cell.of(first(event, "process.name", "log.syslog.appname", "")),
                        Cell.wide(text(event, Fields.MESSAGE))),
                List.of());
    }

    private static String mark(String severity) {
        return switch (severity) {
            case "critical", "high" -> "bad";
            case "medium" -> "warn";
            default -> "";
        };
    }

    private static String first(Event event, String one, String two, String otherwise) {
        String found = event.text(one).isEmpty() ? event.text(two) : event.text(one);
        return found.isEmpty() ? otherwise : found;
    }

    private static String text(Event event, String path) {
        return event.text(path);
    }

    /// @throws FilterException when the filter is not one
    Sheet audit(Identity who, String filter) {
        return sheet(
                Channel.AUDIT,
                "Audit trail",
                List.of(
                        new Column("Time", "num"),
                        new Column("Who", ""),
                        new Column("From", ""),
                        new Column("What", "wide"),
                        new Column("To", "wide"),
                        new Column("Outcome", ""),
                        new Column("Detail", "wide")),
                newest(who, Channel.AUDIT, filter).stream().map(EventSheets::auditLine).toList(),
                "What people and programs change, and what they are refused, stands here.");
    }

    private static Line auditLine(Shown one) {
        Event event = one.event();
        String outcome = event.text(Fields.EVENT_OUTCOME);
        return new Line(
                "e-" + one.offset(),
                List.of(
                        Cell.date(event.timestamp()),
                        Cell.of(event.text(Fields.USER_NAME)),
                        Cell.mono(event.text(Fields.SOURCE_IP)),
                        Cell.wide(event.text(Fields.EVENT_ACTION)),
                        Cell.wide(event.text("ns.audit.target")),
                        Cell.state(
                                outcome.isEmpty() ? "noted" : outcome,
                                outcome.equals("failure") ? "bad" : "ok"),
                        Cell.wide(event.text(Fields.MESSAGE))),
                List.of());
    }

    private static Sheet sheet(
            String channel, String title, List<Column> columns, List<Line> lines, String hint) {
        return new Sheet(
                channel,
                title,
                lines.size() < MOST
                        ? Numbers.count(lines.size(), "line")
                        : "the newest " + lines.size() + " lines",
                columns,
                lines,
                "Nothing here",
                hint);
    }

    private record Shown(long offset, Event event) {}

    private List<Shown> newest(Identity who, String channel, String filter) {
        Selection wanted = filter.isBlank() ? Selection.all() : Selection.of(Filter.parse(filter));
        Selection selection = who.rows().map(rows -> Selection.of(rows).and(wanted)).orElse(wanted);
        if (hub.channel(channel).isEmpty()) {
            return List.of();
        }
        List<LogRecord> records =
                hub.history(HistoryRequest.of(channel).backwards().limit(MOST).selecting(selection))
                        .join()
                        .events();
        List<Shown> shown = new ArrayList<>();
        for (LogRecord one : records) {
            event(one.payload()).ifPresent(event -> shown.add(new Shown(one.offset(), event)));
        }
        return shown;
    }

    private static Optional<Event> event(byte[] json) {
        try {
            return Optional.of(Event.briefFromJson(json));
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }
}
