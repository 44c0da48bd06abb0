package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;

import io.netsentinel.detection.ScoreSettings;
import java.time.Duration;

/// The settings under `scores`.
public final class ScoreKeys {
    private static final ScoreSettings SCORES = ScoreSettings.defaults();

    public static final Key<Duration> HALF_LIFE =
            Key.of(
                    "scores.half-life",
                    DURATION,
                    SCORES.halfLife(),
                    "After this time an alert weighs half in the score of a host, sensor or network (1m to 7d).");
    public static final Key<Duration> EVERY =
            Key.of(
                    "scores.every",
                    DURATION,
                    SCORES.every(),
                    "So often at most the channel `metrics` tells scores that have changed (1s to 1h).");

    static final Section SECTION =
            Section.of(
                    "Threat scores",
                    "How alerts and findings become scores of hosts, sensors and networks.",
                    HALF_LIFE,
                    EVERY);

    private ScoreKeys() {}
}
