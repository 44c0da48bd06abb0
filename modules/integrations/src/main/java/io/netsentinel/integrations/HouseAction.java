package io.netsentinel.integrations;

import java.util.Locale;
import java.util.Optional;

/// What a rule of the house does with an alert.
public enum HouseAction {
    /// Keeps it, marked, where nobody has to deal with it.
    SUPPRESS,
    /// Has somebody look at it.
    ESCALATE;

    /// The name in the interface.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The action of that name.
    public static Optional<HouseAction> parse(String text) {
        for (HouseAction action : values()) {
            if (action.text().equals(text)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
