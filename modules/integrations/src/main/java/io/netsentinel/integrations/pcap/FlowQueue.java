package io.netsentinel.integrations.pcap;

import java.time.Duration;

/// Flows that time out alike stand in one queue, the one that was seen last at its end.
enum FlowQueue {
    /// In no queue.
    NONE(Duration.ZERO),
    TCP(Duration.ofMinutes(5)),
    OTHER(Duration.ofMinutes(1)),
    /// Ended by its packets; the last ones of both ends may still come.
    CLOSED(Duration.ofSeconds(5));

    private final long nanos;

    FlowQueue(Duration silence) {
        nanos = silence.toNanos();
    }

    /// How long a flow may be silent, in nanoseconds.
    long nanos() {
        return nanos;
    }

    static FlowQueue of(Flow flow) {
        if (flow.protocol != Packet.TCP) {
            return OTHER;
        }
        return flow.closed() ? CLOSED : TCP;
    }
}
