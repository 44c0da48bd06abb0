package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A host or a connection with all that is known of it, as its template takes it.
///
/// @param kind what it is
/// @param title its address or both
/// @param pairs what there is to say of it
/// @param services what it answers with; of a host
/// @param peers whom it talks to; of a host
/// @param more how many peers there are beyond these
/// @param alerts the worst of its alerts
/// @param alertsHref where all of them are
/// @param flowsHref where its flows are
/// @param closeHref where closing leads
record TopologyDetail(
        String kind,
        String title,
        List<DetailModel.Pair> pairs,
        List<Service> services,
        List<Peer> peers,
        int more,
        List<AlertLine> alerts,
        String alertsHref,
        String flowsHref,
        String closeHref) {
    private static final int MOST_PEERS = 20;
    private static final int MOST_ALERTS = 8;

    /// A port it answers at.
    record Service(String port, String protocol, String times, String bytes, boolean fresh) {}

    /// Another host.
    ///
    /// @param towards whether it is the other that answers
    record Peer(String href, String ip, boolean towards, String times, String bytes) {}

    /// Whether there is any alert.
    boolean anyAlerts() {
        return !alerts.isEmpty();
    }

    /// Whether it answers at any port.
    boolean anyServices() {
        return !services.isEmpty();
    }

    /// Whether it talks to anybody.
    boolean anyPeers() {
        return !peers.isEmpty();
    }

    /// Whether it talks to more than are listed.
    boolean anyMore() {
        return more > 0;
    }

    /// What the address of the page opens; empty when it opens nothing, or what is not there.
    static Optional<TopologyDetail> of(
            TopologyMap map, TopologyChanges changes, TopologyHeat heat, TopologyView view) {
        if (!view.host().isEmpty()) {
            return find(map.hosts(), changes.goneHosts(), view.host())
                    .map(host -> host(host, map, changes, heat, view));
        }
        return map.edges().stream()
                .filter(edge -> named(edge, view))
                .findFirst()
                .or(() ->
                        changes.goneEdges().stream().filter(edge -> named(edge, view)).findFirst())
                .map(edge -> edge(edge, heat, view));
    }

    private static Optional<TopologyHost> find(
            List<TopologyHost> here, List<TopologyHost> gone, String ip) {
        return here.stream()
                .filter(host -> host.ip().equals(ip))
                .findFirst()
                .or(() -> gone.stream().filter(host -> host.ip().equals(ip)).findFirst());
    }

    private static boolean named(TopologyEdge edge, TopologyView view) {
        return edge.source().equals(view.source()) && edge.destination().equals(view.destination());
    }

    private static TopologyDetail host(
            TopologyHost host,
            TopologyMap map,
            TopologyChanges changes,
            TopologyHeat heat,
            TopologyView view) {
        List<TopologyEdge> edges =
                map.edges().stream()
                        .filter(edge ->
                                edge.source().equals(host.ip())
                                        || edge.destination().equals(host.ip()))
                        .sorted(Comparator.comparingLong(TopologyDetail::bytes).reversed())
                        .toList();
        List<DetailModel.Pair> pairs = new ArrayList<>();
        pairs.add(pair("Role", TopologyRoles.word(host.role())));
        pairs.add(new DetailModel.Pair("Network", Visible.of(host.cluster()), "mono"));
        seen(pairs, host.first(), host.last());
        pairs.add(pair("Sent", Numbers.bytes(host.bytesOut())));
        pairs.add(pair("Received", Numbers.bytes(host.bytesIn())));
        pairs.add(pair("Talks to", Numbers.count(edges.size(), "host")));
        return new TopologyDetail(
                host.inside() ? "Host" : "Host outside",
                Visible.of(host.ip()),
                pairs,
                host.services().stream().map(one -> service(host, one, changes)).toList(),
                edges.stream().limit(MOST_PEERS).map(edge -> peer(edge, host, view)).toList(),
                Math.max(0, edges.size() - MOST_PEERS),
                AlertLine.of(heat.of(host.ip()), MOST_ALERTS),
                alerts(host.ip()),
                Href.of("/network")
                        .with(
                                "q",
                                "source.ip = "
                                        + Href.quoted(host.ip())
                                        + " or destination.ip = "
                                        + Href.quoted(host.ip()))
                        .text(),
                view.closed().href());
    }

    private static TopologyDetail edge(TopologyEdge edge, TopologyHeat heat, TopologyView view) {
        List<DetailModel.Pair> pairs = new ArrayList<>();
        pairs.add(pair("Speaks", Visible.of(String.join(", ", edge.protocols()))));
        seen(pairs, edge.first(), edge.last());
        pairs.add(pair("Times", Numbers.whole(edge.connections())));
        pairs.add(pair("Sent", Numbers.bytes(edge.bytesOut())));
        pairs.add(pair("Received", Numbers.bytes(edge.bytesIn())));
        return new TopologyDetail(
                "Connection",
                Visible.of(edge.source() + " → " + edge.destination()),
                pairs,
                List.of(),
                List.of(
                        new Peer(view.opened(edge.source()).href(), edge.source(), false, "", ""),
                        new Peer(
                                view.opened(edge.destination()).href(),
                                edge.destination(),
                                true,
                                "",
                                "")),
                0,
                AlertLine.of(heat.of(TopologyChanges.key(edge)), MOST_ALERTS),
                alerts(edge.source()),
                Href.of("/network")
                        .with(
                                "q",
                                "source.ip = "
                                        + Href.quoted(edge.source())
                                        + " and destination.ip = "
                                        + Href.quoted(edge.destination()))
                        .text(),
                view.closed().href());
    }

    private static String alerts(String ip) {
        return Href.of("/alerts").with("q", ip).with("status", "all").text();
    }

    private static void seen(List<DetailModel.Pair> pairs, Instant first, Instant last) {
        pairs.add(pair("First seen", Rows.full(first)));
        pairs.add(pair("Last seen", Rows.full(last)));
    }

    private static DetailModel.Pair pair(String name, String value) {
        return new DetailModel.Pair(name, value, "");
    }

    private static Service service(
            TopologyHost host, TopologyHost.Service one, TopologyChanges changes) {
        return new Service(
                Visible.of(one.transport() + "/" + one.port()),
                Visible.of(one.protocol()),
                Numbers.whole(one.connections()),
                Numbers.bytes(one.bytes()),
                changes.newServices().contains(TopologyChanges.key(host, one)));
    }

    private static Peer peer(TopologyEdge edge, TopologyHost host, TopologyView view) {
        boolean towards = edge.source().equals(host.ip());
        return new Peer(
                view.opened(edge.source(), edge.destination()).href(),
                towards ? edge.destination() : edge.source(),
                towards,
                Numbers.whole(edge.connections()),
                Numbers.bytes(bytes(edge)));
    }

    private static long bytes(TopologyEdge edge) {
        return edge.bytesOut() + edge.bytesIn();
    }
}
