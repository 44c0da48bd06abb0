package io.netsentinel.auth;

import io.netsentinel.events.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What narrows a role: for everybody who has it by configuration, and for one token.
///
/// @param channels each list must allow what is done with a channel; none for everything the role
///   may
/// @param rows the only events that may be seen, whatever their channel; empty for all
public record Rights(List<List<ChannelGrant>> channels, Optional<Filter> rows) {
    private static final Rights ALL = new Rights(List.of(), Optional.empty());

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException when the rows look at a field that [RowFilter] does not
    ///   allow
    public Rights {
        channels = channels.stream().map(List::copyOf).toList();
        rows.ifPresent(RowFilter::check);
    }

    /// Everything the role may.
    public static Rights all() {
        return ALL;
    }

    /// The role narrowed once.
    ///
    /// @param channels the only channels; empty for all
    /// @param rows the only events; empty for all
    public static Rights of(List<ChannelGrant> channels, Optional<Filter> rows) {
        return new Rights(channels.isEmpty() ? List.of() : List.of(channels), rows);
    }

    /// What both allow.
    public Rights and(Rights other) {
        List<List<ChannelGrant>> both = new ArrayList<>(channels);
        other.channels.stream().filter(list -> !both.contains(list)).forEach(both::add);
        Optional<Filter> seen =
                Stream.of(rows, other.rows).flatMap(Optional::stream).reduce(Filter::and);
        return new Rights(both, seen);
    }

    /// All grants, whoever made them.
    public List<ChannelGrant> grants() {
        return channels.stream().flatMap(List::stream).toList();
    }

    boolean allow(ChannelUse use, String channel) {
        return channels.stream()
                .allMatch(list -> list.stream().anyMatch(grant -> grant.allows(use, channel)));
    }

    /// Whether every list allows it by the channel's own name and not only by a pattern.
    boolean name(ChannelUse use, String channel) {
        return channels.stream()
                .allMatch(list ->
                        list.stream()
                                .anyMatch(grant ->
                                        grant.channels().exact() && grant.allows(use, channel)));
    }
}
