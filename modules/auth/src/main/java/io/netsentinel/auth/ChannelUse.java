package io.netsentinel.auth;

import java.util.Locale;
import java.util.Optional;

/// What can be done with a channel. Each is permitted on its own.
public enum ChannelUse {
    /// Receive what is new.
    SUBSCRIBE(Permission.READ),
    /// Read what is stored: `history`, `GET /api/events`, the pages, and a subscription that begins
    /// anywhere but at the newest event.
    HISTORY(Permission.READ),
    /// Publish to it.
    PUBLISH(Permission.PUBLISH),
    /// Have the server keep a position in it.
    ACK(Permission.READ);

    private final Permission needs;

    ChannelUse(Permission needs) {
        this.needs = needs;
    }

    /// What the role must allow for it.
    Permission needs() {
        return needs;
    }

    /// As it is written in grants and in the protocol's `can`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ChannelUse> parse(String text) {
        for (ChannelUse use : values()) {
            if (use.text().equals(text)) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }
}
