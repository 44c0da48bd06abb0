package io.netsentinel.events;

import java.util.List;

/// A channel name, or a pattern for several: `*` stands for one dot-separated part, `**` (only at
/// the end) for one or more. `alerts.*` matches `alerts.lab` but not `alerts`; `**` matches all.
///
/// A pattern knows nothing of permissions: whoever uses one checks them for each channel it
/// matches.
public final class ChannelPattern {
    private static final String ONE = "*";
    private static final String REST = "**";

    private final String text;
    private final List<String> parts;
    private final boolean exact;

    private ChannelPattern(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
        this.exact = text.indexOf('*') < 0;
    }

    /// Reads a channel name or pattern.
    ///
    /// @throws IllegalArgumentException naming the rule that is broken
    public static ChannelPattern of(String text) {
        if (!Channel.wellFormed(text.replace('*', 'x'))) {
            throw new IllegalArgumentException(
                    "a channel pattern is 1 to 64 of the characters a-z 0-9 . _ - and *");
        }
        List<String> parts = List.of(text.split("\\.", -1));
        for (int i = 0; i < parts.size(); i++) {
            checkPart(parts.get(i), i == parts.size() - 1);
        }
        return new ChannelPattern(text, parts);
    }

    private static void checkPart(String part, boolean last) {
        if (part.indexOf('*') < 0 || part.equals(ONE) || (last && part.equals(REST))) {
            return;
        }
        throw new IllegalArgumentException(
                "in a channel pattern * stands for a whole part and ** only at the end");
    }

    /// Whether the channel of this name is meant.
    public boolean matches(String channel) {
        if (exact) {
            return text.equals(channel);
        }
        String[] names = channel.split("\\.", -1);
        for (int i = 0; i < parts.size(); i++) {
            if (i == names.length) {
                return false;
            }
            String part = parts.get(i);
            if (part.equals(REST)) {
                return true;
            }
            if (!part.equals(ONE) && !part.equals(names[i])) {
                return false;
            }
        }
        return names.length == parts.size();
    }

    /// Whether this is a plain name, which matches only itself.
    public boolean exact() {
        return exact;
    }

    /// The pattern as it was written.
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
