package io.netsentinel.events;

import java.util.Locale;
import java.util.Optional;

/// How bad an event is, in five steps. The order of the constants is the order of severity, so
/// `compareTo` compares severities.
public enum Severity {
    /// Nothing to judge: the event has no score.
    INFO,
    /// Score 1 to 21.
    LOW,
    /// Score 22 to 47.
    MEDIUM,
    /// Score 48 to 73.
    HIGH,
    /// Score 74 to 100.
    CRITICAL;

    private final String text = name().toLowerCase(Locale.ROOT);

    /// The name used in events, filters and URLs: `info`, `low`, `medium`, `high` or `critical`.
    public String text() {
        return text;
    }

    /// The band a threat score lies in. 0 (no score) is [#INFO].
    public static Severity ofScore(int score) {
        if (score <= 0) {
            return INFO;
        }
        if (score <= 21) {
            return LOW;
        }
        if (score <= 47) {
            return MEDIUM;
        }
        return score <= 73 ? HIGH : CRITICAL;
    }

    /// The severity of that name, in any case; empty when there is none of that name.
    public static Optional<Severity> parse(String text) {
        for (Severity severity : values()) {
            if (severity.text.equalsIgnoreCase(text)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
