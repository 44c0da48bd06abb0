package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Line;

/// Writes a row of a table as the template of tables does, for rows that are pushed. They are the
/// same for everyone, so they have no buttons.
final class SheetRow {
    private SheetRow() {}

    static void write(Html out, Line line) {
        out.raw("<tr");
        rest(out, line);
    }

    /// An alert, with what the script counts it by.
    static void alert(Html out, Event event, Line line) {
        out.raw("<tr data-severity='" + event.severity().text() + "' data-time='")
                .number(event.timestamp().toEpochMilli())
                .raw("'")
                .attribute("data-from", MapTraffic.source(event))
                .attribute("data-to", MapTraffic.destination(event));
        rest(out, line);
    }

    private static void rest(Html out, Line line) {
        out.attribute("id", line.id()).raw(">");
        line.cells().forEach(cell -> write(out, cell));
        out.raw("</tr>");
    }

    private static void write(Html out, Cell cell) {
        out.raw("<td").attribute("class", cell.style()).attribute("title", cell.more()).raw(">");
        if (cell.marked()) {
            out.raw("<span").attribute("class", "mark " + cell.mark());
            out.raw(" aria-hidden='true'></span>");
        }
        if (cell.linked()) {
            out.raw(cell.aside() ? "<a class='text' data-in='yes'" : "<a class='text'")
                    .attribute("href", cell.href())
                    .raw(">");
        }
        if (cell.timed()) {
            out.raw("<time data-fixed").attribute("datetime", cell.time()).raw(">");
        }
        out.text(cell.text())
                .raw(cell.timed() ? "</time>" : "")
                .raw(cell.linked() ? "</a></td>" : "</td>");
    }
}
