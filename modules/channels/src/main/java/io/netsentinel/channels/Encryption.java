package io.netsentinel.channels;

import java.util.Locale;

/// Which connections a channel's events may go over.
public enum Encryption {
    /// All.
    OPTIONAL,
    /// Those whose messages are encrypted end to end.
    REQUIRED;

    /// As it stands in JSON.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
