package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.events.Severity;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.ArrayList;
import java.util.List;

/// The tables of the topology: what the picture shows, for those who do not look at pictures, and
/// for exact figures.
final class TopologySheets {
    private static final int MOST = 100;

    private final TopologyChanges changes;
    private final TopologyHeat heat;
    private final TopologyView view;

    TopologySheets(TopologyChanges changes, TopologyHeat heat, TopologyView view) {
        this.changes = changes;
        this.heat = heat;
        this.view = view;
    }

    Sheet hosts(TopologyDrawing drawing) {
        List<Line> lines = new ArrayList<>();
        drawing.gone().hosts().stream().limit(MOST).forEach(host -> lines.add(host(host, "gone")));
        drawing.hosts().stream()
                .limit(MOST - (long) lines.size())
                .forEach(host ->
                        lines.add(host(host, changes.newHosts().contains(host.ip()) ? "new" : "")));
        return new Sheet(
                        "hosts",
                        "Hosts",
                        few(lines.size(), drawing.hostsInAll()),
                        List.of(
                                new Column("Address", ""),
                                new Column("Alerts", ""),
                                new Column("Role", ""),
                                new Column("Network", ""),
                                new Column("Change", ""),
                                new Column("Services", "num"),
                                new Column("Sent", "num"),
                                new Column("Received", "num"),
                                new Column("Last seen", "num")),
                        lines,
                        "No host yet",
                        "Hosts come from flows: Suricata's flow, Zeek's conn, capture files.")
                .cut(lines.size() >= MOST);
    }

    Line host(TopologyHost host, String change) {
        return new Line(
                "h-" + host.ip(),
                List.of(
                        Cell.mono(host.ip()).to(view.opened(host.ip()).href()),
                        alerts(host.ip()),
                        Cell.of(TopologyRoles.word(host.role())),
                        Cell.mono(host.cluster()).to(view.inNetwork(host.cluster()).href()),
                        change(change),
                        Cell.number(host.services().size()),
                        Cell.figure(Numbers.bytes(host.bytesOut())),
                        Cell.figure(Numbers.bytes(host.bytesIn())),
                        Cell.date(host.last())),
                List.of(),
                host.ip().equals(view.host()));
    }

    private static Cell change(String change) {
        return switch (change) {
            case "new" -> Cell.state("new", "ok");
            case "gone" -> Cell.state("gone", "warn");
            default -> Cell.of("");
        };
    }

    private Cell alerts(String key) {
        int count = heat.of(key).size();
        return count == 0
                ? Cell.of("")
                : Cell.state(
                        Numbers.whole(count)
                                + " "
                                + heat.severity(key).map(Severity::text).orElse(""),
                        heat.severity(key).map(Severity::text).orElse(""));
    }

    Sheet edges(TopologyDrawing drawing) {
        List<Line> lines = new ArrayList<>();
        drawing.gone().edges().stream().limit(MOST).forEach(edge -> lines.add(edge(edge, "gone")));
        drawing.edges().stream()
                .limit(MOST - (long) lines.size())
                .forEach(edge ->
                        lines.add(
                                edge(
                                        edge,
                                        changes.newEdges().contains(TopologyChanges.key(edge))
                                                ? "new"
                                                : "")));
        return new Sheet(
                "edges",
                "Connections",
                few(lines.size(), drawing.edgesInAll()),
                List.of(
                        new Column("From", ""),
                        new Column("To", ""),
                        new Column("Alerts", ""),
                        new Column("Speaks", "wide"),
                        new Column("Change", ""),
                        new Column("Times", "num"),
                        new Column("Sent", "num"),
                        new Column("Received", "num"),
                        new Column("Last seen", "num")),
                lines,
                "No connection yet",
                "Two hosts are connected when one has answered the other.");
    }

    Line edge(TopologyEdge edge, String change) {
        String key = TopologyChanges.key(edge);
        return new Line(
                "c-" + key.replace(' ', '-'),
                List.of(
                        Cell.mono(edge.source())
                                .to(view.opened(edge.source(), edge.destination()).href()),
                        Cell.mono(edge.destination()),
                        alerts(key),
                        Cell.wide(String.join(", ", edge.protocols())),
                        change(change),
                        Cell.number(edge.connections()),
                        Cell.figure(Numbers.bytes(edge.bytesOut())),
                        Cell.figure(Numbers.bytes(edge.bytesIn())),
                        Cell.date(edge.last())),
                List.of(),
                edge.source().equals(view.source())
                        && edge.destination().equals(view.destination()));
    }

    private static String few(int shown, int all) {
        return shown >= all
                ? Numbers.whole(all)
                : "the first " + Numbers.whole(shown) + " of " + Numbers.whole(all);
    }
}
