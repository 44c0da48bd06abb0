package io.netsentinel.detection;

import java.time.Instant;
import java.util.List;

/// A host of the topology.
///
/// @param ip its address
/// @param inside whether that is a private one
/// @param role what it seems to be for, guessed by the ports it answers at: `client`, `server`,
///   `web`, `dns`, `mail`, `files`, `database`, …; `internet` for all outside
/// @param cluster its network
/// @param x where it is drawn, 0 to 1, the same for ever
/// @param y where it is drawn, 0 to 1
/// @param first when it was seen first
/// @param last when it was seen last
/// @param bytesOut what it sent
/// @param bytesIn what it got
/// @param services the ports it answers at
public record TopologyHost(
        String ip,
        boolean inside,
        String role,
        String cluster,
        double x,
        double y,
        Instant first,
        Instant last,
        long bytesOut,
        long bytesIn,
        List<Service> services) {

    public TopologyHost {
        services = List.copyOf(services);
    }

    /// A port at which a host answers.
    ///
    /// @param transport `tcp` or `udp`
    /// @param port its number
    /// @param protocol what is spoken there, empty when that is not known
    /// @param first when it was seen first
    /// @param last when it was seen last
    /// @param connections how many there were
    /// @param bytes both ways
    public record Service(
            String transport,
            int port,
            String protocol,
            Instant first,
            Instant last,
            long connections,
            long bytes) {}
}
