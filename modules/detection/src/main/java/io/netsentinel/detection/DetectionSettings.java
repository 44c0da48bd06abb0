package io.netsentinel.detection;

import io.netsentinel.events.Cidr;
import java.time.Duration;
import java.util.List;

/// What the detectors count and how much is too much.
///
/// @param enabled whether they run
/// @param scanTargets unanswered targets of one source that make a scan
/// @param scanWindow within this time
/// @param loginAttempts failed sign-ins of one source at one service that make guessing
/// @param loginWindow within this time
/// @param tunnelNames different names below one domain that make a tunnel
/// @param tunnelLength when they are on average longer than this, characters
/// @param tunnelWindow within this time
/// @param quiet when so much time has passed without any more of it, the next is a finding of its
///   own
/// @param tracked most hosts, pairs or services each detector keeps an account of
/// @param ignored sources nothing is found of: a scanner of one's own
/// @param rules thresholds of the further rules
/// @param anomalies what is out of the ordinary
/// @param indicators names and addresses that are bad
public record DetectionSettings(
        boolean enabled,
        int scanTargets,
        Duration scanWindow,
        int loginAttempts,
        Duration loginWindow,
        int tunnelNames,
        int tunnelLength,
        Duration tunnelWindow,
        Duration quiet,
        int tracked,
        List<Cidr> ignored,
        RuleSettings rules,
        AnomalySettings anomalies,
        Indicators indicators) {
    private static final int MOST_COUNTED = 100;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public DetectionSettings {
        ignored = List.copyOf(ignored);
        count("scan.targets", scanTargets);
        count("brute-force.attempts", loginAttempts);
        count("dns-tunnel.names", tunnelNames);
        time("scan.window", scanWindow);
        time("brute-force.window", loginWindow);
        time("dns-tunnel.window", tunnelWindow);
        time("quiet", quiet);
        if (tunnelLength < 1 || tunnelLength > 253) {
            throw new IllegalArgumentException("dns-tunnel.length: 1 to 253");
        }
        if (tracked < 1_000 || tracked > 1_000_000) {
            throw new IllegalArgumentException("tracked: 1000 to 1000000");
        }
    }

    private static void count(String name, int value) {
        between(name, value, MOST_COUNTED);
    }

    static void between(String name, int value, int most) {
        if (value < 2 || value > most) {
            throw new IllegalArgumentException(name + ": 2 to " + most);
        }
    }

    static void time(String name, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + ": 1s to 1d");
        }
    }

    /// The thresholds of `docs/detection.md`.
    public static DetectionSettings defaults() {
        return new DetectionSettings(
                true,
                15,
                Duration.ofSeconds(300),
                10,
                Duration.ofSeconds(60),
                20,
                40,
                Duration.ofSeconds(300),
                Duration.ofMinutes(10),
                100_000,
                List.of(),
                RuleSettings.defaults(),
                AnomalySettings.defaults(),
                Indicators.none());
    }

    /// The same with other thresholds of the further rules.
    public DetectionSettings with(RuleSettings other) {
        return new DetectionSettings(
                enabled,
                scanTargets,
                scanWindow,
                loginAttempts,
                loginWindow,
                tunnelNames,
                tunnelLength,
                tunnelWindow,
                quiet,
                tracked,
                ignored,
                other,
                anomalies,
                indicators);
    }

    /// The same with these names and addresses.
    public DetectionSettings with(Indicators bad) {
        return new DetectionSettings(
                enabled,
                scanTargets,
                scanWindow,
                loginAttempts,
                loginWindow,
                tunnelNames,
                tunnelLength,
                tunnelWindow,
                quiet,
                tracked,
                ignored,
                rules,
                anomalies,
                bad);
    }
}
