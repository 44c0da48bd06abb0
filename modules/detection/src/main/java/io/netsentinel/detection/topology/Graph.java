package io.netsentinel.detection.topology;

import io.netsentinel.detection.TopologySettings;
import io.netsentinel.detection.finding.Networks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Who talks to whom.
final class Graph {
    /// What is gone and was not told yet; past this only how much.
    private static final int MOST_GONE = 20_000;

    private final TopologySettings settings;
    private final Shelf<Host> hosts;
    private final Shelf<Edge> edges;
    private final List<Host> goneHosts = new ArrayList<>();
    private final List<Edge> goneEdges = new ArrayList<>();
    private final List<Host> born = new ArrayList<>(2);
    private long since = Long.MAX_VALUE;
    private long newest;
    private long evictedHosts;
    private long evictedEdges;
    private long refusedServices;

    Graph(TopologySettings settings) {
        this.settings = settings;
        this.hosts = new Shelf<>(settings.hosts());
        this.edges = new Shelf<>(settings.edges());
    }

    /// What a contact brought that was not known.
    record Fresh(List<Host> hosts, Optional<Service> service, Optional<Edge> edge) {
        static final Fresh NOTHING = new Fresh(List.of(), Optional.empty(), Optional.empty());

        boolean nothing() {
            return hosts.isEmpty() && service.isEmpty() && edge.isEmpty();
        }
    }

    Fresh note(Contact contact) {
        since = Math.min(since, contact.first());
        newest = Math.max(newest, contact.last());
        if (!contact.answered() && !Networks.inside(contact.source())) {
            return Fresh.NOTHING;
        }
        born.clear();
        Host source = host(contact.source(), contact.first(), contact.last());
        source.moved(contact.out(), contact.in());
        if (!contact.answered()) {
            return fresh(Optional.empty(), Optional.empty());
        }
        Host destination = host(contact.destination(), contact.first(), contact.last());
        destination.moved(contact.in(), contact.out());
        return fresh(service(destination, contact), edge(source, destination, contact));
    }

    private Fresh fresh(Optional<Service> service, Optional<Edge> edge) {
        return born.isEmpty() && service.isEmpty() && edge.isEmpty()
                ? Fresh.NOTHING
                : new Fresh(List.copyOf(born), service, edge);
    }

    Optional<Host> find(String ip) {
        return hosts.find(ip, Networks.inside(ip));
    }

    private Host host(String ip, long first, long last) {
        boolean inside = Networks.inside(ip);
        Optional<Host> known = hosts.find(ip, inside);
        if (known.isPresent()) {
            known.get().seen(first, last);
            return known.get();
        }
        Host host = new Host(ip, inside, first, last);
        born.add(host);
        hosts.add(ip, inside, host)
                .ifPresent(victim -> {
                    evictedHosts++;
                    gone(victim);
                });
        return host;
    }

    private Optional<Service> service(Host host, Contact contact) {
        if (contact.port() == 0 || contact.transport().isEmpty()) {
            return Optional.empty();
        }
        String key = contact.transport() + "/" + contact.port();
        Service known = host.services().get(key);
        if (known != null) {
            known.used(contact);
            return Optional.empty();
        }
        if (host.services().size() >= settings.services()) {
            refusedServices++;
            return Optional.empty();
        }
        Service service =
                new Service(contact.transport(), contact.port(), contact.first(), contact.last());
        service.used(contact);
        host.services().put(key, service);
        return Optional.of(service);
    }

    private Optional<Edge> edge(Host source, Host destination, Contact contact) {
        String key = Edge.keyOf(source.ip(), destination.ip());
        boolean inside = source.inside() && destination.inside();
        Optional<Edge> known = edges.find(key, inside);
        if (known.isPresent()) {
            known.get().used(contact);
            return Optional.empty();
        }
        Edge edge = new Edge(source, destination, contact.first(), contact.last());
        edge.used(contact);
        put(edge);
        return Optional.of(edge);
    }

    private void put(Edge edge) {
        edge.source().edges().add(edge);
        edge.destination().edges().add(edge);
        edges.add(edge.key(), edge.inside(), edge)
                .ifPresent(victim -> {
                    evictedEdges++;
                    gone(victim);
                });
    }

    private void gone(Host host) {
        host.leave();
        List.copyOf(host.edges()).forEach(this::remove);
        if (host.told() && goneHosts.size() < MOST_GONE) {
            goneHosts.add(host);
        }
    }

    private void remove(Edge edge) {
        edges.remove(edge.key(), edge.inside());
        gone(edge);
    }

    private void gone(Edge edge) {
        edge.leave();
        edge.source().edges().remove(edge);
        edge.destination().edges().remove(edge);
        if (edge.told() && goneEdges.size() < MOST_GONE) {
            goneEdges.add(edge);
        }
    }

    /// Gives up what was not seen for long.
    void sweep() {
        long before = newest - settings.forget().toMillis();
        for (Edge edge : edges.all()) {
            if (edge.last() < before) {
                remove(edge);
            }
        }
        for (Host host : hosts.all()) {
            if (host.last() < before) {
                forget(host);
            }
        }
    }

    private void forget(Host host) {
        hosts.remove(host.ip(), host.inside());
        gone(host);
    }

    /// What is gone since the last call and has not come back.
    List<Host> takeGoneHosts() {
        List<Host> gone = goneHosts.stream().filter(host -> find(host.ip()).isEmpty()).toList();
        goneHosts.clear();
        return gone;
    }

    List<Edge> takeGoneEdges() {
        List<Edge> gone =
                goneEdges.stream()
                        .filter(edge -> edges.find(edge.key(), edge.inside()).isEmpty())
                        .toList();
        goneEdges.clear();
        return gone;
    }

    /// A host as it was told of; replaces what is known of it.
    Host restoreHost(String ip, long first, long last) {
        boolean inside = Networks.inside(ip);
        Host host = hosts.find(ip, inside).orElseGet(() -> host(ip, first, last));
        born.clear();
        host.services().clear();
        host.moved(-host.out(), -host.in());
        host.seen(first, last);
        return host;
    }

    /// An edge as it was told of; its hosts are there.
    Edge restoreEdge(String source, String destination, long first, long last) {
        Host from = host(source, first, last);
        Host to = host(destination, first, last);
        born.clear();
        Optional<Edge> known =
                edges.find(Edge.keyOf(source, destination), from.inside() && to.inside());
        if (known.isPresent()) {
            known.get().seen(first, last);
            return known.get();
        }
        Edge edge = new Edge(from, to, first, last);
        put(edge);
        return edge;
    }

    void restoreGone(String source, String destination) {
        edges.find(
                        Edge.keyOf(source, destination),
                        Networks.inside(source) && Networks.inside(destination))
                .ifPresent(this::remove);
    }

    void restoreGone(String ip) {
        hosts.find(ip, Networks.inside(ip)).ifPresent(this::forget);
    }

    void restore(long itsSince, long itsNewest) {
        since = Math.min(since, itsSince);
        newest = Math.max(newest, itsNewest);
    }

    Collection<Host> hosts() {
        return hosts.all();
    }

    Collection<Edge> edges() {
        return edges.all();
    }

    int size() {
        return hosts.size() + edges.size();
    }

    /// When the first contact was, milliseconds since 1970.
    long since() {
        return since;
    }

    /// When the newest was.
    long newest() {
        return newest;
    }

    long evictedHosts() {
        return evictedHosts;
    }

    long evictedEdges() {
        return evictedEdges;
    }

    long refusedServices() {
        return refusedServices;
    }
}
