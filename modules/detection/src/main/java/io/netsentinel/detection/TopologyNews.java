package io.netsentinel.detection;

import io.netsentinel.detection.topology.TopologyReader;
import java.util.List;

/// What one event of the channel `topology` tells: hosts and edges as they are by now, and which
/// are gone.
///
/// @param action `new`, `changed` or `whole`
/// @param hosts new, or changed
/// @param edges new, or changed
/// @param goneHosts addresses
/// @param goneEdges what is gone
/// @param size how much there is in all; 0 and 0 in events of an older server
public record TopologyNews(
        String action,
        List<TopologyHost> hosts,
        List<TopologyEdge> edges,
        List<String> goneHosts,
        List<Ends> goneEdges,
        TopologyMap.Size size) {

    public TopologyNews {
        hosts = List.copyOf(hosts);
        edges = List.copyOf(edges);
        goneHosts = List.copyOf(goneHosts);
        goneEdges = List.copyOf(goneEdges);
    }

    /// What an edge is known by.
    ///
    /// @param source the one that begins
    /// @param destination the one that answers
    public record Ends(String source, String destination) {}

    /// Reads an event; what is not there is empty.
    ///
    /// @param event its JSON
    public static TopologyNews of(byte[] event) {
        return TopologyReader.news(event);
    }
}
