package io.netsentinel.detection.topology;

import java.util.Set;
import java.util.TreeSet;

/// Two hosts that talk, from the one that begins to the one that answers.
final class Edge extends Traced {
    /// More than anybody wants to read.
    private static final int MOST_PROTOCOLS = 16;

    private final Host source;
    private final Host destination;
    private final Set<String> protocols = new TreeSet<>();
    private long connections;
    private long out;
    private long in;

    Edge(Host source, Host destination, long first, long last) {
        super(first, last);
        this.source = source;
        this.destination = destination;
    }

    static String keyOf(String source, String destination) {
        return source + " " + destination;
    }

    String key() {
        return keyOf(source.ip(), destination.ip());
    }

    boolean inside() {
        return source.inside() && destination.inside();
    }

    void used(Contact contact) {
        seen(contact.first(), contact.last());
        connections++;
        out += contact.out();
        in += contact.in();
        speaks(contact.protocol().isEmpty() ? contact.transport() : contact.protocol());
    }

    void speaks(String protocol) {
        if (!protocol.isEmpty() && protocols.size() < MOST_PROTOCOLS) {
            protocols.add(protocol);
        }
    }

    void restore(long itsConnections, long sent, long received) {
        connections = itsConnections;
        out = sent;
        in = received;
    }

    Host source() {
        return source;
    }

    Host destination() {
        return destination;
    }

    Set<String> protocols() {
        return protocols;
    }

    long connections() {
        return connections;
    }

    /// Bytes from its source.
    long out() {
        return out;
    }

    /// Bytes to its source.
    long in() {
        return in;
    }
}
