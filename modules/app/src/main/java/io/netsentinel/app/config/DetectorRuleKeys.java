package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.detection.RuleSettings;
import java.time.Duration;
import java.util.List;

/// The settings under `detection` of the rules that only count.
public final class DetectorRuleKeys {
    private static final RuleSettings RULES = RuleSettings.defaults();
    private static final String A_NUMBER = "a number";
    private static final String WITHIN = "Within this time.";

    public static final Key<Integer> PROBE_PORTS =
            Key.of(
                    "detection.port-probe.ports",
                    count(A_NUMBER, 2, 100),
                    RULES.probePorts(),
                    "How many ports of one host must have refused a source, or been left after their first answer.");
    public static final Key<Duration> PROBE_WINDOW =
            Key.of("detection.port-probe.window", DURATION, RULES.probeWindow(), WITHIN);
    public static final Key<Integer> FLOOD_CONNECTIONS =
            Key.of(
                    "detection.flood.connections",
                    count(A_NUMBER, 2, 1_000),
                    RULES.floodConnections(),
                    "How many connections of a source to one service must have stayed without an answer.");
    public static final Key<Duration> FLOOD_WINDOW =
            Key.of("detection.flood.window", DURATION, RULES.floodWindow(), WITHIN);
    public static final Key<Integer> NETLOGON_BINDS =
            Key.of(
                    "detection.netlogon.binds",
                    count(A_NUMBER, 2, 100),
                    RULES.netlogonBinds(),
                    "How often a source must have turned to the domain logon of one server.");
    public static final Key<Duration> NETLOGON_WINDOW =
            Key.of("detection.netlogon.window", DURATION, RULES.netlogonWindow(), WITHIN);
    public static final Key<Integer> TOR_SERVERS =
            Key.of(
                    "detection.tor.servers",
                    count(A_NUMBER, 2, 100),
                    RULES.torServers(),
                    "How many servers with certificates as Tor makes them up a client must have talked to.");
    public static final Key<Duration> TOR_WINDOW =
            Key.of("detection.tor.window", DURATION, RULES.torWindow(), WITHIN);
    public static final Key<List<String>> OFF =
            Key.optional(
                    "detection.off",
                    TEXTS,
                    "tor, unnamed-upload",
                    "Detectors that do not run, by the names that `GET /api/detectors` shows.");

    public static final Key<List<String>> INDICATORS =
            Key.optional(
                    "detection.indicators",
                    TEXTS,
                    "/etc/netsentinel/bad-names.txt",
                    "Files with domains, addresses and ranges that are bad, one a line; they are read at the start.");

    private DetectorRuleKeys() {}
}
