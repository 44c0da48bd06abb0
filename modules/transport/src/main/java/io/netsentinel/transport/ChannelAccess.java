package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Selection;
import io.netsentinel.events.Channel;

/// Who may do what with which channel.
final class ChannelAccess {
    private ChannelAccess() {}

    /// Makes sure that somebody may read a channel and that it exists; an administrator's wish
    /// creates it.
    static void requireRead(Hub hub, Identity who, String channel) {
        if (!who.mayRead(channel)) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED,
                    who.user() + " may not read channel '" + channel + "'",
                    "channel");
        }
        require(hub, who, channel);
    }

    /// Makes sure that somebody may publish to a channel and that it exists; an administrator's
    /// wish creates it.
    static void requirePublish(Hub hub, Identity who, String channel) {
        if (!who.mayPublish(channel)) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED,
                    who.user() + " may not publish to channel '" + channel + "'",
                    "channel");
        }
        require(hub, who, channel);
    }

    /// The rows somebody may see.
    static Selection rows(Identity who) {
        return who.rows().map(Selection::of).orElse(Selection.all());
    }

    private static void require(Hub hub, Identity who, String channel) {
        if (hub.channel(channel).isPresent()) {
            return;
        }
        try {
            Channel.check(channel);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), "channel");
        }
        if (!who.may(Permission.ADMIN)) {
            throw new ProtocolException(
                    ErrorCode.UNKNOWN_CHANNEL, "there is no channel '" + channel + "'", "channel");
        }
        hub.ensure(channel);
    }
}
