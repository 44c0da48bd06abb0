package io.netsentinel.detection;

import java.time.Instant;
import java.util.List;

/// Two hosts of the topology that talk.
///
/// @param source the one that begins
/// @param destination the one that answers
/// @param first when they were seen first
/// @param last when they were seen last
/// @param connections how many there were
/// @param bytesOut from the source
/// @param bytesIn to the source
/// @param protocols what they speak, 16 at most
public record TopologyEdge(
        String source,
        String destination,
        Instant first,
        Instant last,
        long connections,
        long bytesOut,
        long bytesIn,
        List<String> protocols) {

    public TopologyEdge {
        protocols = List.copyOf(protocols);
    }
}
