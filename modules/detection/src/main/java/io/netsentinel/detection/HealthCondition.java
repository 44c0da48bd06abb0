package io.netsentinel.detection;

import java.time.Instant;

/// One thing about the server.
///
/// @param subject `disk`, `storage`, `heap`, `database`, `detection`
/// @param state `well`, or what is wrong: `low`, `filling`, `high`, `degraded`, `behind`
/// @param since since when
/// @param message one sentence with the figure
public record HealthCondition(String subject, String state, Instant since, String message) {
    /// Nothing is wrong.
    public static final String WELL = "well";
}
