package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.detection.DetectionSettings;
import java.time.Duration;
import java.util.List;

/// The settings under `detection`: what the detectors count and how much is too much.
public final class DetectionKeys {
    private static final DetectionSettings DETECTION = DetectionSettings.defaults();
    private static final int LONGEST_NAME = 253;

    public static final Key<Boolean> ENABLED =
            Key.of(
                    "detection.enabled",
                    FLAG,
                    DETECTION.enabled(),
                    "`false` switches all detectors off.");
    public static final Key<Integer> SCAN_TARGETS =
            Key.of(
                    "detection.scan.targets",
                    count("a number", 2, 100),
                    DETECTION.scanTargets(),
                    "How many different ports or hosts a source must have tried in vain.");
    public static final Key<Duration> SCAN_WINDOW =
            Key.of("detection.scan.window", DURATION, DETECTION.scanWindow(), "Within this time.");
    public static final Key<Integer> LOGIN_ATTEMPTS =
            Key.of(
                    "detection.brute-force.attempts",
                    count("a number", 2, 100),
                    DETECTION.loginAttempts(),
                    "How many sign-ins of a source at one service must have failed.");
    public static final Key<Duration> LOGIN_WINDOW =
            Key.of(
                    "detection.brute-force.window",
                    DURATION,
                    DETECTION.loginWindow(),
                    "Within this time.");
    public static final Key<Integer> TUNNEL_NAMES =
            Key.of(
                    "detection.dns-tunnel.names",
                    count("a number", 2, 100),
                    DETECTION.tunnelNames(),
                    "How many different names below one domain a client must have asked for.");
    public static final Key<Integer> TUNNEL_LENGTH =
            Key.of(
                    "detection.dns-tunnel.length",
                    count("a number of characters", 1, LONGEST_NAME),
                    DETECTION.tunnelLength(),
                    "How many characters what stands before the domain must have on average, at least one more than this.");
    public static final Key<Duration> TUNNEL_WINDOW =
            Key.of(
                    "detection.dns-tunnel.window",
                    DURATION,
                    DETECTION.tunnelWindow(),
                    "Within this time.");
    public static final Key<Duration> QUIET =
            Key.of(
                    "detection.quiet",
                    DURATION,
                    DETECTION.quiet(),
                    "An attack that goes on is one finding. After so much time without any more of it the next is a finding of its own.");
    public static final Key<Integer> TRACKED =
            Key.of(
                    "detection.tracked",
                    count("a number", 1_000, 1_000_000),
                    DETECTION.tracked(),
                    "How many hosts, or pairs of them, each detector keeps an account of; beyond it the least recent are given up.");
    public static final Key<List<String>> IGNORE =
            Key.optional(
                    "detection.ignore",
                    TEXTS,
                    "10.0.0.5, 10.9.0.0/24",
                    "Addresses or networks of which nothing is found, such as a vulnerability scanner of your own.");

    static final Section SECTION =
            Section.of(
                    "Detection",
                    "What the detectors take for an attack. Each finding is an event on `threats`.",
                    ENABLED,
                    SCAN_TARGETS,
                    SCAN_WINDOW,
                    LOGIN_ATTEMPTS,
                    LOGIN_WINDOW,
                    TUNNEL_NAMES,
                    TUNNEL_LENGTH,
                    TUNNEL_WINDOW,
                    DetectorRuleKeys.PROBE_PORTS,
                    DetectorRuleKeys.PROBE_WINDOW,
                    DetectorRuleKeys.FLOOD_CONNECTIONS,
                    DetectorRuleKeys.FLOOD_WINDOW,
                    DetectorRuleKeys.NETLOGON_BINDS,
                    DetectorRuleKeys.NETLOGON_WINDOW,
                    DetectorRuleKeys.TOR_SERVERS,
                    DetectorRuleKeys.TOR_WINDOW,
                    AnomalyKeys.BEACON_CONNECTIONS,
                    AnomalyKeys.BEACON_REGULAR,
                    AnomalyKeys.RATE_DEVIATION,
                    AnomalyKeys.RATE_MINUTES,
                    AnomalyKeys.RATE_LEAST,
                    AnomalyKeys.MODEL,
                    AnomalyKeys.MODEL_TRAINING,
                    AnomalyKeys.MODEL_DEVIATION,
                    DetectorRuleKeys.INDICATORS,
                    DetectorRuleKeys.OFF,
                    QUIET,
                    TRACKED,
                    IGNORE);

    private DetectionKeys() {}
}
