package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.FLAG;

/// The settings under `statistics`.
public final class StatisticsKeys {
    public static final Key<Boolean> ENABLED =
            Key.of(
                    "statistics.enabled",
                    FLAG,
                    true,
                    "Whether figures are kept over time, for `/stats` and `GET /api/figures`, and the time from"
                            + " commit to socket is taken. `GET /metrics` tells all others without it too.");

    static final Section SECTION =
            Section.of(
                    "Statistics",
                    "The figures of the server itself, see docs/metrics.md.",
                    ENABLED);

    private StatisticsKeys() {}
}
