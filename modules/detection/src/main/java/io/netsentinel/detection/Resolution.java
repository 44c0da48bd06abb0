package io.netsentinel.detection;

import java.util.Locale;
import java.util.Optional;

/// What a closed incident turned out to be.
public enum Resolution {
    /// It was an attack.
    TRUE_POSITIVE,
    /// It was none: later evidence of the same rules does not open it anew.
    FALSE_POSITIVE;

    /// The name on the wire: `true-positive`, `false-positive`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The resolution of that wire name, in any case.
    public static Optional<Resolution> parse(String text) {
        for (Resolution resolution : values()) {
            if (resolution.text().equalsIgnoreCase(text)) {
                return Optional.of(resolution);
            }
        }
        return Optional.empty();
    }
}
