package io.netsentinel.detection;

import java.time.Duration;
import java.util.Set;

/// Thresholds of the rules that only count: what they are about stands in `docs/detection.md`.
///
/// @param probePorts ports of one host that refused the same source, or were left after the first
///   answer
/// @param probeWindow within this time
/// @param floodConnections unanswered connections of one source to one service
/// @param floodWindow within this time
/// @param netlogonBinds connections of one source to the domain logon of one server
/// @param netlogonWindow within this time
/// @param torServers servers with the certificates of Tor that one client talked to
/// @param torWindow within this time
/// @param off names of detectors that do not run
public record RuleSettings(
        int probePorts,
        Duration probeWindow,
        int floodConnections,
        Duration floodWindow,
        int netlogonBinds,
        Duration netlogonWindow,
        int torServers,
        Duration torWindow,
        Set<String> off) {
    private static final int MOST = 100;
    private static final int MOST_CONNECTIONS = 1_000;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public RuleSettings {
        off = Set.copyOf(off);
        DetectionSettings.between("port-probe.ports", probePorts, MOST);
        DetectionSettings.between("flood.connections", floodConnections, MOST_CONNECTIONS);
        DetectionSettings.between("netlogon.binds", netlogonBinds, MOST);
        DetectionSettings.between("tor.servers", torServers, MOST);
        DetectionSettings.time("port-probe.window", probeWindow);
        DetectionSettings.time("flood.window", floodWindow);
        DetectionSettings.time("netlogon.window", netlogonWindow);
        DetectionSettings.time("tor.window", torWindow);
    }

    /// The thresholds of `docs/detection.md`; everything runs.
    public static RuleSettings defaults() {
        return new RuleSettings(
                5,
                Duration.ofSeconds(300),
                200,
                Duration.ofSeconds(60),
                10,
                Duration.ofSeconds(60),
                3,
                Duration.ofMinutes(10),
                Set.of());
    }

    /// The same without these detectors.
    public RuleSettings without(Set<String> names) {
        return new RuleSettings(
                probePorts,
                probeWindow,
                floodConnections,
                floodWindow,
                netlogonBinds,
                netlogonWindow,
                torServers,
                torWindow,
                names);
    }
}
