package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.FilterException;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.List;
import java.util.function.Function;

/// The newest events of a channel as a table: logs, the audit trail.
final class EventSheets {
    private static final int MOST = 200;

    private final RecentEvents recent;

    EventSheets(RecentEvents recent) {
        this.recent = recent;
    }

    /// @throws FilterException when the filter is not one
    Sheet logs(Identity who, String filter, Window window) {
        return sheet(
                Channel.LOGS,
                "Logs",
                List.of(
                        new Column("Time", "num"),
                        new Column("Level", ""),
                        new Column("Host", ""),
                        new Column("Program", ""),
                        new Column("Message", "wide")),
                recent.newest(who, Channel.LOGS, filter, MOST, window),
                EventSheets::logLine,
                filter,
                window,
                "Listen for syslog, or follow a log file: see Sources in the documentation.");
    }

    private static Line logLine(RecentEvents.One one) {
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
    Sheet audit(Identity who, String filter, Window window) {
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
                recent.newest(who, Channel.AUDIT, filter, MOST, window),
                EventSheets::auditLine,
                filter,
                window,
                "What people and programs change, and what they are refused, stands here.");
    }

    private static Line auditLine(RecentEvents.One one) {
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
            String channel,
            String title,
            List<Column> columns,
            RecentEvents.Found found,
            Function<RecentEvents.One, Line> line,
            String filter,
            Window window,
            String hint) {
        List<Line> lines = found.events().stream().map(line).toList();
        boolean narrowed = !filter.isEmpty() || !window.equals(Window.of(TimeRange.ALL));
        return new Sheet(
                        channel,
                        title,
                        (lines.size() < MOST
                                        ? Numbers.count(lines.size(), "line")
                                        : "the newest " + lines.size() + " lines")
                                + found.said(),
                        columns,
                        lines,
                        narrowed ? "No line matches" : "Nothing here",
                        narrowed ? missed(filter, window) + found.advice() : hint)
                .cut(lines.size() >= MOST);
    }

    /// What to do when nothing was found.
    private static String missed(String filter, Window window) {
        String time =
                window.equals(Window.of(TimeRange.ALL))
                        ? ""
                        : "Looked at was what came in: " + window.words() + ". ";
        String words =
                filter.isEmpty()
                        ? "Choose a longer time."
                        : "A filter compares whole values: message ~ \"*text*\" finds a part of one,"
                                + " and host.name exists tells whether a field is there at all.";
        return time + words;
    }
}
