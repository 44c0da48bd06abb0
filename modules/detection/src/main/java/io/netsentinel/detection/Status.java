package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.Locale;
import java.util.Optional;

/// Where an alert stands in triage.
public enum Status {
    /// Nobody has dealt with it yet.
    OPEN,
    /// Somebody has seen it and needs nobody else to.
    ACKNOWLEDGED,
    /// Somebody wants another person to look; retention keeps it longest.
    ESCALATED;

    /// The name on the wire: `open`, `acknowledged`, `escalated`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where an alert stands before anybody has dealt with it: open, unless a rule of the house
    /// suppressed or escalated it when it came in.
    public static Status first(Event alert) {
        return switch (alert.text(Fields.NS_HOUSE_ACTION)) {
            case "suppress" -> ACKNOWLEDGED;
            case "escalate" -> ESCALATED;
            default -> OPEN;
        };
    }

    /// The status of that wire name, in any case.
    public static Optional<Status> parse(String text) {
        for (Status status : values()) {
            if (status.text().equalsIgnoreCase(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
