package io.netsentinel.webui;

import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertGroup;
import io.netsentinel.detection.AlertGroups;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.GroupBy;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.List;

/// The list of alerts and their groups as tables, for files.
final class AlertSheets {
    private AlertSheets() {}

    static Sheet of(AlertPage page) {
        return sheet(
                        "alerts",
                        List.of(
                                new Column("Time", "num"),
                                new Column("Severity", ""),
                                new Column("Score", "num"),
                                new Column("Signature", ""),
                                new Column("Source", ""),
                                new Column("Destination", ""),
                                new Column("Sensor", ""),
                                new Column("Rule", ""),
                                new Column("Status", ""),
                                new Column("By", ""),
                                new Column("Id", "")),
                        page.alerts().stream().map(AlertSheets::line).toList())
                .cut(page.next().isPresent());
    }

    private static Line line(Alert alert) {
        Event event = alert.event();
        return row(
                Cell.date(event.timestamp()),
                Cell.of(event.severity().text()),
                Cell.number(event.score()),
                Cell.of(Rows.signature(event)),
                Cell.of(Rows.address(event.text(Fields.SOURCE_IP), event.text(Fields.SOURCE_PORT))),
                Cell.of(
                        Rows.address(
                                event.text(Fields.DESTINATION_IP),
                                event.text(Fields.DESTINATION_PORT))),
                Cell.of(event.text(Fields.OBSERVER_NAME)),
                Cell.of(event.text(Fields.RULE_ID)),
                Cell.of(alert.status().text()),
                Cell.of(AlertsModel.state(alert).user()),
                Cell.of(alert.id()));
    }

    static Sheet of(AlertGroups all, GroupBy by) {
        return sheet(
                        "alerts-by-" + by.text(),
                        List.of(
                                new Column("Worst", ""),
                                new Column("Alerts", "num"),
                                new Column("Name", ""),
                                new Column("First", "num"),
                                new Column("Last", "num"),
                                new Column("Filter", "")),
                        all.groups().stream().map(group -> line(group, by)).toList())
                .cut(all.total() > all.groups().size() || all.since().isPresent());
    }

    private static Line line(AlertGroup group, GroupBy by) {
        return row(
                Cell.of(group.highest().text()),
                Cell.number(group.count()),
                Cell.of(GroupsModel.name(by, group.newest().event())),
                Cell.date(group.first()),
                Cell.date(group.last()),
                Cell.of(group.filter().orElse("")));
    }

    private static Line row(Cell... cells) {
        return new Line("", List.of(cells), List.of());
    }

    private static Sheet sheet(String id, List<Column> columns, List<Line> lines) {
        return new Sheet(id, id, "", columns, lines, "", "");
    }
}
