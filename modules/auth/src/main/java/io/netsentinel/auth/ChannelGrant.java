package io.netsentinel.auth;

import io.netsentinel.events.ChannelPattern;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Some channels and what may be done with them: `alerts`, `lab.*`, or for some uses only
/// `lab.*:publish`, `network:subscribe+history`.
///
/// @param channels which
/// @param uses what may be done with them, at least one
public record ChannelGrant(ChannelPattern channels, Set<ChannelUse> uses) {
    /// @throws IllegalArgumentException when nothing is granted
    public ChannelGrant {
        uses = Set.copyOf(uses);
        if (uses.isEmpty()) {
            throw new IllegalArgumentException("a grant allows something");
        }
    }

    /// Everything the role may do with these channels.
    public static ChannelGrant of(ChannelPattern channels) {
        return new ChannelGrant(channels, EnumSet.allOf(ChannelUse.class));
    }

    /// Reads a grant.
    ///
    /// @throws IllegalArgumentException naming what is wrong and what would be right
    public static ChannelGrant parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return of(ChannelPattern.of(text));
        }
        Set<ChannelUse> uses = EnumSet.noneOf(ChannelUse.class);
        for (String name : text.substring(colon + 1).split("\\+", -1)) {
            uses.add(
                    ChannelUse.parse(name)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "after the colon of a channel stands subscribe,"
                                                    + " history, publish or ack, several joined by +,"
                                                    + " as in alerts:subscribe+history")));
        }
        return new ChannelGrant(ChannelPattern.of(text.substring(0, colon)), uses);
    }

    /// Whether it allows this.
    boolean allows(ChannelUse use, String channel) {
        return uses.contains(use) && channels.matches(channel);
    }

    /// As [#parse(String)] reads it.
    public String text() {
        if (uses.size() == ChannelUse.values().length) {
            return channels.text();
        }
        return uses.stream()
                .sorted()
                .map(ChannelUse::text)
                .collect(Collectors.joining("+", channels.text() + ":", ""));
    }
}
