package io.netsentinel.detection;

import java.time.Duration;

/// How alerts and findings become scores of hosts, sensors and networks.
///
/// @param halfLife after this time an alert weighs half
/// @param every so often a change is published, at most
public record ScoreSettings(Duration halfLife, Duration every) {

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public ScoreSettings {
        if (halfLife.compareTo(Duration.ofMinutes(1)) < 0
                || halfLife.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("scores.half-life: 1m to 7d");
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0
                || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("scores.every: 1s to 1h");
        }
    }

    /// An hour, and five seconds.
    public static ScoreSettings defaults() {
        return new ScoreSettings(Duration.ofHours(1), Duration.ofSeconds(5));
    }
}
