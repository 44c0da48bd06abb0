package io.netsentinel.detection.topology;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What of a graph is shown.
final class Views {
    private Views() {}

    /// @param most the most edges; of hosts without any as many
    static TopologyMap map(Graph graph, Instant at, Duration learning, int most) {
        Collection<Edge> edges = graph.edges();
        List<Edge> shown =
                edges.stream()
                        .sorted(
                                Comparator.comparingLong(Edge::last)
                                        .reversed()
                                        .thenComparing(Edge::key))
                        .limit(most)
                        .toList();
        Set<Host> hosts = new LinkedHashSet<>();
        for (Edge edge : shown) {
            hosts.add(edge.source());
            hosts.add(edge.destination());
        }
        Collection<Host> all = graph.hosts();
        all.stream()
                .filter(host -> host.edges().isEmpty())
                .sorted(Comparator.comparingLong(Host::last).reversed())
                .limit(most)
                .forEach(hosts::add);
        Optional<Instant> since =
                all.isEmpty() ? Optional.empty() : Optional.of(instant(graph.since()));
        return new TopologyMap(
                at,
                since,
                since.map(first -> first.plus(learning)),
                hosts.stream().sorted(Comparator.comparing(Host::ip)).map(Views::host).toList(),
                shown.stream().map(Views::edge).toList(),
                new TopologyMap.Size(all.size(), edges.size()),
                new TopologyMap.Lost(
                        graph.evictedHosts(), graph.evictedEdges(), graph.refusedServices()));
    }

    static TopologyHost host(Host host) {
        Place place = Place.of(host.ip());
        return new TopologyHost(
                host.ip(),
                host.inside(),
                Role.of(host),
                place.cluster(),
                place.x(),
                place.y(),
                instant(host.first()),
                instant(host.last()),
                host.out(),
                host.in(),
                host.offered().stream().map(Views::service).toList());
    }

    private static TopologyHost.Service service(Service service) {
        return new TopologyHost.Service(
                service.transport(),
                service.port(),
                service.protocol(),
                instant(service.first()),
                instant(service.last()),
                service.connections(),
                service.bytes());
    }

    static TopologyEdge edge(Edge edge) {
        return new TopologyEdge(
                edge.source().ip(),
                edge.destination().ip(),
                instant(edge.first()),
                instant(edge.last()),
                edge.connections(),
                edge.out(),
                edge.in(),
                List.copyOf(edge.protocols()));
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
