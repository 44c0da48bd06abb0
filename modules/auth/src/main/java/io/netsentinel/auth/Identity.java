package io.netsentinel.auth;

import io.netsentinel.events.Channel;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Somebody who has proved who they are, and what they may do.
///
/// It is a snapshot: a long-lived holder (a socket) listens to [Auth#onRevoked] and watches
/// [#expires()].
///
/// @param user the user's name, or the name a token was issued under; never both
/// @param role what it may do
/// @param kind how it was proved
/// @param id the session or token behind it (`jti`); what a [Revocation] names
/// @param channels the only channels it may read or publish to; empty means all the role may
/// @param rows the only events it may see, whatever their channel; empty means all
/// @param expires when it ends by itself
public record Identity(
        String user,
        Role role,
        Kind kind,
        String id,
        List<ChannelPattern> channels,
        Optional<Filter> rows,
        Optional<Instant> expires) {

    /// How an identity was proved.
    public enum Kind {
        /// By a session cookie, which a browser sends by itself: changes need the CSRF token.
        SESSION,
        /// By a token the caller put there: `Authorization: Bearer` or `connect`.
        TOKEN
    }

    public Identity {
        channels = List.copyOf(channels);
    }

    /// Whether the role has the permission.
    public boolean may(Permission permission) {
        return role.allows(permission);
    }

    /// Whether events of this channel may be shown. `audit` needs an administrator, and one whose
    /// channels are narrowed needs it named: no pattern includes it.
    public boolean mayRead(String channel) {
        if (channel.equals(Channel.AUDIT) && !mayReadAudit()) {
            return false;
        }
        return may(Permission.READ) && covers(channel);
    }

    /// Whether events may be published to this channel. Nobody publishes to `audit`: the server
    /// alone writes there.
    public boolean mayPublish(String channel) {
        return may(Permission.PUBLISH) && !channel.equals(Channel.AUDIT) && covers(channel);
    }

    private boolean mayReadAudit() {
        return may(Permission.ADMIN)
                && (channels.isEmpty()
                        || channels.stream().anyMatch(p -> p.exact() && p.matches(Channel.AUDIT)));
    }

    private boolean covers(String channel) {
        return channels.isEmpty() || channels.stream().anyMatch(p -> p.matches(channel));
    }
}
