package io.netsentinel.integrations.listen;

import java.util.Arrays;

/// A message on its way from a socket to the log.
final class Frame {
    private static final int SAMPLE = 4_096;
    private static final int OVERHEAD = 64;

    private final byte[] bytes;
    private final Peer peer;
    private final String refusal;

    private Frame(byte[] bytes, Peer peer, String refusal) {
        this.bytes = bytes;
        this.peer = peer;
        this.refusal = refusal;
    }

    /// A message.
    static Frame of(byte[] bytes, Peer peer) {
        return new Frame(bytes, peer, "");
    }

    /// A message that is longer than the limit.
    ///
    /// @param beginning at least its beginning
    static Frame overlong(byte[] beginning, long length, int limit, Peer peer) {
        byte[] sample = beginning.length > SAMPLE ? Arrays.copyOf(beginning, SAMPLE) : beginning;
        return new Frame(sample, peer, "longer than %d bytes: %d bytes".formatted(limit, length));
    }

    /// The message; of a refused one its beginning.
    byte[] bytes() {
        return bytes;
    }

    /// Who sent it.
    Peer peer() {
        return peer;
    }

    /// Why it is refused, fit to be shown; empty when it is not.
    String refusal() {
        return refusal;
    }

    /// What it costs to hold it, about.
    int weight() {
        return bytes.length + OVERHEAD;
    }
}
