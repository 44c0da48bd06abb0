package io.netsentinel.channels;

import java.util.Locale;

/// What happens to a subscription that cannot keep up with its channel.
public enum Lag {
    /// It keeps its cursor and gets everything later, as long as retention keeps it.
    LAG,
    /// It gets only the newest event of each key, as it comes to it.
    COALESCE,
    /// It gets a part of the events, evenly chosen; those of priority 2 and 3 all.
    SAMPLE;

    /// As it stands in JSON.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
