package io.netsentinel.detection.topology;

/// A port at which a host answers.
final class Service extends Traced {
    private final String transport;
    private final int port;
    private String protocol;
    private long connections;
    private long bytes;

    Service(String transport, int port, long first, long last) {
        super(first, last);
        this.transport = transport;
        this.port = port;
        this.protocol = "";
    }

    void used(Contact contact) {
        seen(contact.first(), contact.last());
        if (!contact.protocol().isEmpty()) {
            protocol = contact.protocol();
        }
        connections++;
        bytes += contact.out() + contact.in();
    }

    void restore(String itsProtocol, long itsConnections, long itsBytes) {
        protocol = itsProtocol;
        connections = itsConnections;
        bytes = itsBytes;
    }

    String transport() {
        return transport;
    }

    int port() {
        return port;
    }

    /// What is spoken there, such as `tls`; empty when that is not known.
    String protocol() {
        return protocol;
    }

    long connections() {
        return connections;
    }

    long bytes() {
        return bytes;
    }
}
