package io.netsentinel.detection.topology;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An address that was seen to say something.
final class Host extends Traced {
    private final String ip;
    private final boolean inside;
    private final Map<String, Service> services = new TreeMap<>();
    private final Set<Edge> edges = new HashSet<>(4);
    private long out;
    private long in;

    Host(String ip, boolean inside, long first, long last) {
        super(first, last);
        this.ip = ip;
        this.inside = inside;
    }

    String ip() {
        return ip;
    }

    boolean inside() {
        return inside;
    }

    /// By transport and port.
    Map<String, Service> services() {
        return services;
    }

    Collection<Service> offered() {
        return services.values();
    }

    Set<Edge> edges() {
        return edges;
    }

    void moved(long sent, long received) {
        out += sent;
        in += received;
    }

    /// Bytes it sent.
    long out() {
        return out;
    }

    /// Bytes it got.
    long in() {
        return in;
    }
}
