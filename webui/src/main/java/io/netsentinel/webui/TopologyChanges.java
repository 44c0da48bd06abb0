package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is different between two moments.
///
/// @param newHosts addresses
/// @param goneHosts as they were
/// @param newEdges by their keys
/// @param goneEdges as they were
/// @param newServices `10.0.0.1 tcp/22`
record TopologyChanges(
        Set<String> newHosts,
        List<TopologyHost> goneHosts,
        Set<String> newEdges,
        List<TopologyEdge> goneEdges,
        Set<String> newServices) {
    static final TopologyChanges NONE =
            new TopologyChanges(Set.of(), List.of(), Set.of(), List.of(), Set.of());

    static TopologyChanges between(TopologyMap before, TopologyMap after) {
        Set<String> hosts = hosts(before);
        Set<String> edges = edges(before);
        Set<String> services = services(before);
        Set<String> hostsNow = hosts(after);
        Set<String> edgesNow = edges(after);
        return new TopologyChanges(
                without(hostsNow, hosts),
                before.hosts().stream().filter(host -> !hostsNow.contains(host.ip())).toList(),
                without(edgesNow, edges),
                before.edges().stream().filter(edge -> !edgesNow.contains(key(edge))).toList(),
                without(services(after), services));
    }

    private static Set<String> without(Set<String> all, Set<String> known) {
        Set<String> fresh = new HashSet<>(all);
        fresh.removeAll(known);
        return fresh;
    }

    private static Set<String> hosts(TopologyMap map) {
        return map.hosts().stream().map(TopologyHost::ip).collect(Collectors.toSet());
    }

    private static Set<String> edges(TopologyMap map) {
        return map.edges().stream().map(TopologyChanges::key).collect(Collectors.toSet());
    }

    private static Set<String> services(TopologyMap map) {
        return map.hosts().stream()
                .flatMap(host -> host.services().stream().map(one -> key(host, one)))
                .collect(Collectors.toSet());
    }

    static String key(TopologyEdge edge) {
        return TopologyHeat.key(edge.source(), edge.destination());
    }

    static String key(TopologyHost host, TopologyHost.Service service) {
        return host.ip() + " " + service.transport() + "/" + service.port();
    }

    /// In one sentence.
    String summary() {
        return String.join(
                ", ",
                Numbers.count(newHosts.size(), "new host"),
                Numbers.whole(goneHosts.size()) + " gone",
                Numbers.count(newEdges.size(), "new connection"),
                Numbers.whole(goneEdges.size()) + " gone",
                Numbers.count(newServices.size(), "new service"));
    }
}
