package io.netsentinel.channels;

import java.util.Locale;

/// What happens to a subscription that cannot keep up with its channel.
public enum Lag {
    /// It keeps its cursor and gets everything later, as long as retention keeps it.
    LAG;

    /// As it stands in JSON.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
