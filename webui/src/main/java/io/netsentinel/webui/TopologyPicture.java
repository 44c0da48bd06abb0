package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.events.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws a topology as SVG. Where a host lies is a matter of its address alone, so nothing moves
/// when something comes or goes. The picture is for the eye and the mouse: the tables below it say
/// the same.
final class TopologyPicture {
    private static final int LABELS = 28;
    private static final int LETTER = 8;
    private static final int LINE = 20;

    private final TopologyDrawing drawing;
    private final TopologyChanges changes;
    private final TopologyHeat heat;
    private final TopologyView view;
    private final Map<String, TopologyHost> hosts = new HashMap<>();
    private final TopologyScale scale;
    private final Html out = new Html();

    private TopologyPicture(
            TopologyDrawing drawing,
            TopologyChanges changes,
            TopologyHeat heat,
            TopologyView view) {
        this.drawing = drawing;
        this.changes = changes;
        this.heat = heat;
        this.view = view;
        drawing.hosts().forEach(host -> hosts.put(host.ip(), host));
        drawing.gone().hosts().forEach(host -> hosts.putIfAbsent(host.ip(), host));
        this.scale = TopologyScale.of(hosts.values());
    }

    static Markup draw(
            TopologyDrawing drawing,
            TopologyChanges changes,
            TopologyHeat heat,
            TopologyView view) {
        return new TopologyPicture(drawing, changes, heat, view).draw();
    }

    private Markup draw() {
        out.raw("<svg class='net' role='img'")
                .raw(" viewBox='0 0 " + TopologyScale.WIDTH + " " + TopologyScale.HEIGHT + "'")
                .raw(" data-scale='" + scale.text() + "'")
                .raw(" data-hosts='" + drawing.hostsInAll() + "'")
                .raw(" data-edges='" + drawing.edgesInAll() + "'")
                .attribute(
                        "aria-label",
                        "Hosts and connections: " + drawing.summary() + ". The tables list them.")
                .raw(">");
        TopologyMarks.signs(out);
        out.raw("<g data-layer='networks'>");
        networks();
        out.raw("</g><g data-layer='edges'>");
        drawing.gone().edges().forEach(edge -> edge(edge, "gone"));
        // the worst lie on top
        drawing.edges().reversed().forEach(edge -> edge(edge, change(edge)));
        out.raw("</g><g data-layer='hosts'>");
        drawing.gone().hosts().forEach(host -> host(host, "gone"));
        drawing.hosts().reversed().forEach(host -> host(host, change(host)));
        out.raw("</g><g data-layer='names'>");
        labels();
        return out.raw("</g></svg>").markup();
    }

    private String change(TopologyEdge edge) {
        return changes.newEdges().contains(TopologyChanges.key(edge)) ? "new" : "";
    }

    private String change(TopologyHost host) {
        return changes.newHosts().contains(host.ip()) ? "new" : "";
    }

    private void edge(TopologyEdge edge, String change) {
        TopologyHost from = hosts.get(edge.source());
        TopologyHost to = hosts.get(edge.destination());
        if (from == null || to == null) {
            return;
        }
        out.raw("<line class='edge" + style(change) + heatOf(TopologyChanges.key(edge)))
                .raw(picked(edge) ? " picked'" : "'");
        TopologyMarks.names(out, edge);
        out.attribute("data-to", view.opened(edge.source(), edge.destination()).href())
                .raw(" x1='" + scale.x(from) + "' y1='" + scale.y(from) + "'")
                .raw(" x2='" + scale.x(to) + "' y2='" + scale.y(to) + "'>");
        TopologyMarks.title(out, edge);
        out.raw("</line>");
    }

    private boolean picked(TopologyEdge edge) {
        return edge.source().equals(view.host())
                || edge.destination().equals(view.host())
                || (edge.source().equals(view.source())
                        && edge.destination().equals(view.destination()));
    }

    private String heatOf(String key) {
        return heat.severity(key)
                .filter(severity -> severity.compareTo(Severity.HIGH) >= 0)
                .map(severity -> " hot " + severity.text())
                .orElse("");
    }

    private void host(TopologyHost host, String change) {
        boolean picked = host.ip().equals(view.host());
        Optional<Severity> severity = heat.severity(host.ip());
        out.raw("<g class='host" + style(change))
                .raw(severity.map(one -> " " + one.text()).orElse(""))
                .raw(host.inside() ? "" : " outside")
                .raw(picked ? " picked'" : "'");
        TopologyMarks.names(out, host);
        out.attribute("data-to", view.opened(host.ip()).href())
                .raw(" transform='translate(" + scale.x(host) + " " + scale.y(host) + ")'>");
        TopologyMarks.host(out, host, picked, severity);
        out.raw("</g>");
    }

    private static String style(String change) {
        return change.isEmpty() ? "" : " " + change;
    }

    /// A network of the picture.
    private record Network(String name, List<TopologyHost> hosts, TopologyScale scale) {
        boolean inside() {
            return hosts.getFirst().inside();
        }

        int left() {
            return hosts.stream().mapToInt(scale::x).min().orElse(0);
        }

        int right() {
            return hosts.stream().mapToInt(scale::x).max().orElse(0);
        }

        int top() {
            return hosts.stream().mapToInt(scale::y).min().orElse(0);
        }

        int bottom() {
            return hosts.stream().mapToInt(scale::y).max().orElse(0);
        }
    }

    private List<Network> all() {
        Map<String, List<TopologyHost>> byName = new LinkedHashMap<>();
        drawing.hosts()
                .forEach(host ->
                        byName.computeIfAbsent(host.cluster(), _ -> new ArrayList<>()).add(host));
        return byName.entrySet().stream()
                .map(one -> new Network(one.getKey(), one.getValue(), scale))
                .sorted(
                        Comparator.<Network>comparingInt(one -> one.inside() ? 0 : 1)
                                .thenComparingInt(one -> -one.hosts().size())
                                .thenComparing(Network::name))
                .toList();
    }

    private void networks() {
        for (Network network : all()) {
            if (network.inside()) {
                int x = (network.left() + network.right()) / 2;
                int y = (network.top() + network.bottom()) / 2;
                int wide = (network.right() - network.left()) / 2 + 26;
                int high = (network.bottom() - network.top()) / 2 + 26;
                out.raw("<ellipse class='around'")
                        .attribute("data-network", network.name())
                        .raw(" cx='" + x + "' cy='" + y + "'")
                        .raw(" rx='" + wide + "' ry='" + high + "'></ellipse>");
            }
        }
    }

    /// A rectangle that is taken.
    private record Box(int left, int top, int right, int bottom) {
        boolean meets(Box other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }
    }

    /// Below each network its name, as long as no other is in the way.
    private void labels() {
        List<Box> taken = new ArrayList<>();
        for (Network network : all()) {
            int half = network.name().length() * LETTER / 2;
            int x = (network.left() + network.right()) / 2;
            x = Math.clamp(x, half, TopologyScale.WIDTH - half);
            int y =
                    Math.min(
                            network.bottom() + (network.inside() ? 42 : 24),
                            TopologyScale.HEIGHT - 6);
            Box box = new Box(x - half, y - LINE, x + half, y);
            if (taken.size() < LABELS && taken.stream().noneMatch(box::meets)) {
                taken.add(box);
                out.raw("<text class='" + (network.inside() ? "inside" : "outside") + "'")
                        .attribute("data-network", network.name())
                        .attribute("data-to", view.inNetwork(network.name()).href())
                        .raw(" x='" + x + "' y='" + (y - 4) + "'>")
                        .text(network.name())
                        .raw("</text>");
            }
        }
    }
}
