package io.netsentinel.detection;

import java.util.Locale;
import java.util.Optional;

/// Where an incident stands.
public enum IncidentStatus {
    /// Nobody has looked at it yet.
    NEW,
    /// Somebody has looked and judges it worth work.
    TRIAGED,
    /// The damage is stopped.
    CONTAINED,
    /// Done, with a [Resolution].
    CLOSED;

    /// The name on the wire: `new`, `triaged`, `contained`, `closed`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status of that wire name, in any case.
    public static Optional<IncidentStatus> parse(String text) {
        for (IncidentStatus status : values()) {
            if (status.text().equalsIgnoreCase(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
