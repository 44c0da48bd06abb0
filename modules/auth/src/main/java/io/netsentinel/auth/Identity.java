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
/// @param rights what narrows the role
/// @param expires when it ends by itself
public record Identity(
        String user, Role role, Kind kind, String id, Rights rights, Optional<Instant> expires) {

    /// How an identity was proved.
    public enum Kind {
        /// By a session cookie, which a browser sends by itself: changes need the CSRF token.
        SESSION,
        /// By a token the caller put there: `Authorization: Bearer` or `connect`.
        TOKEN,
        /// By the certificate of its TLS connection. A browser that has one shows it by itself.
        CERTIFICATE
    }

    /// An identity that is narrowed to channels and rows.
    ///
    /// @param channels the only channels; empty for all the role may
    /// @param rows the only events; empty for all
    public Identity(
            String user,
            Role role,
            Kind kind,
            String id,
            List<ChannelPattern> channels,
            Optional<Filter> rows,
            Optional<Instant> expires) {
        this(
                user,
                role,
                kind,
                id,
                Rights.of(channels.stream().map(ChannelGrant::of).toList(), rows),
                expires);
    }

    /// What narrows the channels; empty for all the role may.
    public List<ChannelGrant> channels() {
        return rights.grants();
    }

    /// The only events it may see, whatever their channel; empty for all.
    public Optional<Filter> rows() {
        return rights.rows();
    }

    /// Whether the role has the permission.
    public boolean may(Permission permission) {
        return role.allows(permission);
    }

    /// Whether it may do this with a channel. `audit` needs an administrator, and one whose
    /// channels are narrowed needs it named: no pattern includes it. Nobody publishes to it, to
    /// `incidents` or to `topology`: the server alone writes there. An event of the latter two
    /// tells about many others, so whose rows are narrowed gets none of them; see
    /// [#mayReadIncidents()].
    public boolean may(ChannelUse use, String channel) {
        if (!may(use.needs())) {
            return false;
        }
        if (channel.equals(Channel.AUDIT)) {
            return use != ChannelUse.PUBLISH && may(Permission.ADMIN) && rights.name(use, channel);
        }
        boolean servers = channel.equals(Channel.INCIDENTS) || channel.equals(Channel.TOPOLOGY);
        if (servers && use == ChannelUse.PUBLISH) {
            return false;
        }
        if ((servers || channel.equals(Channel.METRICS)) && rows().isPresent()) {
            return false;
        }
        return rights.allow(use, channel);
    }

    /// Whether it may look at incidents: all of them, or with narrowed rows those whose every
    /// member it may see.
    public boolean mayReadIncidents() {
        return may(ChannelUse.HISTORY.needs())
                && rights.allow(ChannelUse.HISTORY, Channel.INCIDENTS);
    }

    /// Whether stored events of this channel may be shown.
    public boolean mayRead(String channel) {
        return may(ChannelUse.HISTORY, channel);
    }

    /// Whether new events of this channel may be received.
    public boolean maySubscribe(String channel) {
        return may(ChannelUse.SUBSCRIBE, channel);
    }

    /// Whether events may be published to this channel.
    public boolean mayPublish(String channel) {
        return may(ChannelUse.PUBLISH, channel);
    }

    /// Whether it may know that there is this channel: it can do something with it.
    public boolean knows(String channel) {
        for (ChannelUse use : ChannelUse.values()) {
            if (may(use, channel)) {
                return true;
            }
        }
        return false;
    }
}
