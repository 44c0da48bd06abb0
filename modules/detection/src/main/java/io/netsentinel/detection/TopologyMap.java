package io.netsentinel.detection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who talks to whom, at one moment.
///
/// @param at the moment
/// @param since when the first contact was; empty when there was none
/// @param learning until when everything counts as known
/// @param hosts the hosts of the edges that are shown, and those without edges as far as there is
///   room
/// @param edges the newest, as many as were asked for
/// @param size how much there is in all
/// @param lost what was given up since the start because there was too much
public record TopologyMap(
        Instant at,
        Optional<Instant> since,
        Optional<Instant> learning,
        List<TopologyHost> hosts,
        List<TopologyEdge> edges,
        Size size,
        Lost lost) {

    public TopologyMap {
        hosts = List.copyOf(hosts);
        edges = List.copyOf(edges);
    }

    /// How much there is.
    public record Size(int hosts, int edges) {}

    /// What there was no room for.
    ///
    /// @param hosts given up, the least recent first, those outside before those inside
    /// @param edges given up in the same way
    /// @param services of hosts that had too many
    public record Lost(long hosts, long edges, long services) {}
}
