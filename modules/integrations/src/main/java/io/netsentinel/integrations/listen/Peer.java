package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.spi.LineReader;
import org.jspecify.annotations.Nullable;

/// Somebody who sends messages: a connection, or an address that sends datagrams. Its reader and
/// its count belong to the source's own thread.
final class Peer {
    private final String address;
    private @Nullable LineReader reader;
    private long messages;

    /// @param address its IP address; empty when it has none
    Peer(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    /// The reader of its lines; made by the maker when it is needed first.
    LineReader reader(ReaderMaker maker) {
        LineReader known = reader;
        if (known == null) {
            known = maker.make(address);
            reader = known;
        }
        return known;
    }

    /// The number of its next message, from 1.
    long next() {
        return ++messages;
    }

    /// Makes readers.
    interface ReaderMaker {
        LineReader make(String address);
    }
}
