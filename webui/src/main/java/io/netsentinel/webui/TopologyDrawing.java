package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of a topology is drawn and listed: as much as one can look at. What is opened comes first,
/// then what has alerts, what has changed, and what was seen last.
///
/// @param hosts the most important first
/// @param edges the same
/// @param gone what was there at the earlier moment and is no more
/// @param hostsInAll how many there are of the network that is looked at
/// @param edgesInAll the same
record TopologyDrawing(
        List<TopologyHost> hosts,
        List<TopologyEdge> edges,
        Gone gone,
        int hostsInAll,
        int edgesInAll) {
    private static final int MOST_HOSTS = 400;
    private static final int MOST_EDGES = 500;

    /// What is no more.
    record Gone(List<TopologyHost> hosts, List<TopologyEdge> edges) {}

    static TopologyDrawing of(
            TopologyMap map, TopologyChanges changes, TopologyHeat heat, TopologyView view) {
        Map<String, TopologyHost> known = new HashMap<>();
        map.hosts().forEach(host -> known.put(host.ip(), host));
        Map<String, TopologyHost> past = new HashMap<>(known);
        changes.goneHosts().forEach(host -> past.put(host.ip(), host));
        List<TopologyEdge> edges =
                map.edges().stream()
                        .filter(edge -> within(edge, past, view))
                        .sorted(edgesByWeight(changes, heat, view))
                        .toList();
        Set<String> inNetwork = new HashSet<>();
        edges.forEach(edge -> inNetwork.addAll(List.of(edge.source(), edge.destination())));
        List<TopologyHost> hosts =
                map.hosts().stream()
                        .filter(host ->
                                within(host, view)
                                        || (!view.network().isEmpty()
                                                && inNetwork.contains(host.ip())))
                        .sorted(hostsByWeight(changes, heat, view))
                        .toList();
        Map<String, TopologyHost> shown = new LinkedHashMap<>();
        List<TopologyEdge> drawn = new ArrayList<>();
        for (TopologyEdge edge : edges) {
            if (drawn.size() < MOST_EDGES && fits(edge, shown, known)) {
                drawn.add(edge);
            }
        }
        for (TopologyHost host : hosts) {
            if (shown.size() < MOST_HOSTS) {
                shown.putIfAbsent(host.ip(), host);
            }
        }
        Gone gone =
                new Gone(
                        changes.goneHosts().stream()
                                .filter(host -> within(host, view))
                                .limit(MOST_HOSTS / 4)
                                .toList(),
                        changes.goneEdges().stream()
                                .filter(edge -> within(edge, past, view))
                                .limit(MOST_EDGES / 4)
                                .toList());
        boolean whole = view.network().isEmpty();
        return new TopologyDrawing(
                shown.values().stream().sorted(hostsByWeight(changes, heat, view)).toList(),
                drawn,
                gone,
                whole ? map.size().hosts() : hosts.size(),
                whole ? map.size().edges() : edges.size());
    }

    private static boolean fits(
            TopologyEdge edge, Map<String, TopologyHost> shown, Map<String, TopologyHost> known) {
        List<String> ends = List.of(edge.source(), edge.destination());
        long more = ends.stream().filter(ip -> !shown.containsKey(ip)).count();
        if (shown.size() + more > MOST_HOSTS || !known.keySet().containsAll(ends)) {
            return false;
        }
        for (String ip : ends) {
            TopologyHost host = known.get(ip);
            if (host != null) {
                shown.put(ip, host);
            }
        }
        return true;
    }

    private static boolean within(TopologyHost host, TopologyView view) {
        return view.network().isEmpty() || host.cluster().equals(view.network());
    }

    private static boolean within(
            TopologyEdge edge, Map<String, TopologyHost> known, TopologyView view) {
        return List.of(edge.source(), edge.destination()).stream()
                .anyMatch(ip -> {
                    TopologyHost host = known.get(ip);
                    return host != null && within(host, view);
                });
    }

    private static Comparator<TopologyEdge> edgesByWeight(
            TopologyChanges changes, TopologyHeat heat, TopologyView view) {
        return Comparator.<TopologyEdge>comparingInt(edge -> opened(edge, view) ? 0 : 1)
                .thenComparingInt(edge -> -heat.rank(TopologyChanges.key(edge)))
                .thenComparingInt(
                        edge -> changes.newEdges().contains(TopologyChanges.key(edge)) ? 0 : 1)
                .thenComparing(TopologyEdge::last, Comparator.reverseOrder())
                .thenComparing(edge -> TopologyChanges.key(edge));
    }

    private static boolean opened(TopologyEdge edge, TopologyView view) {
        return edge.source().equals(view.host())
                || edge.destination().equals(view.host())
                || (edge.source().equals(view.source())
                        && edge.destination().equals(view.destination()));
    }

    private static Comparator<TopologyHost> hostsByWeight(
            TopologyChanges changes, TopologyHeat heat, TopologyView view) {
        return Comparator.<TopologyHost>comparingInt(host -> host.ip().equals(view.host()) ? 0 : 1)
                .thenComparingInt(host -> -heat.rank(host.ip()))
                .thenComparingInt(host -> changes.newHosts().contains(host.ip()) ? 0 : 1)
                .thenComparingInt(host -> host.inside() ? 0 : 1)
                .thenComparing(TopologyHost::last, Comparator.reverseOrder())
                .thenComparing(TopologyHost::ip);
    }

    /// How much of it is drawn, in words.
    String summary() {
        boolean all = hosts.size() >= hostsInAll && edges.size() >= edgesInAll;
        String whole =
                Numbers.count(hostsInAll, "host") + ", " + Numbers.count(edgesInAll, "connection");
        return all
                ? whole
                : "showing "
                        + Numbers.whole(hosts.size())
                        + " of "
                        + Numbers.count(hostsInAll, "host")
                        + " and "
                        + Numbers.whole(edges.size())
                        + " of "
                        + Numbers.count(edgesInAll, "connection")
                        + ": with alerts first, then the latest";
    }
}
