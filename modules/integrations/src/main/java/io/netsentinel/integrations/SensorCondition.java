package io.netsentinel.integrations;

import java.time.Instant;

/// How a sensor is. A change of its state is told on `system`.
///
/// @param sensor its name
/// @param state `well`, `silent`, `dropping`, `clock-ahead` or `clock-behind`
/// @param since when it became so, or was first seen
/// @param message one sentence in the figures of the last look, empty while it has always been well
public record SensorCondition(String sensor, String state, Instant since, String message) {
    /// Nothing is wrong.
    public static final String WELL = "well";
}
