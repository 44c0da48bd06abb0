package io.netsentinel.transport;

import io.netsentinel.auth.ChannelUse;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.channels.Encryption;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Selection;
import io.netsentinel.channels.Where;
import io.netsentinel.events.Channel;

/// Who may do what with which channel.
final class ChannelAccess {
    private ChannelAccess() {}

    /// Makes sure that somebody may read what a channel has stored and that it exists; an
    /// administrator's wish creates it.
    static void requireRead(Hub hub, Identity who, String channel) {
        require(who, ChannelUse.HISTORY, "read stored events of channel", channel);
        require(hub, who, channel);
    }

    /// Makes sure that somebody may subscribe to a channel and that it exists; an administrator's
    /// wish creates it. Whoever may not read what is stored begins with what is new.
    static void requireSubscribe(Hub hub, Identity who, String channel, Where where) {
        require(who, ChannelUse.SUBSCRIBE, "subscribe to channel", channel);
        if (!(where instanceof Where.Tail)) {
            require(who, ChannelUse.HISTORY, "begin in the past of channel", channel);
        }
        require(hub, who, channel);
    }

    /// Makes sure that the server may keep a position of somebody in a channel.
    static void requireAck(Identity who, String channel) {
        require(who, ChannelUse.ACK, "keep a position in channel", channel);
    }

    /// Makes sure that somebody may publish to a channel and that it exists; an administrator's
    /// wish creates it.
    static void requirePublish(Hub hub, Identity who, String channel) {
        require(who, ChannelUse.PUBLISH, "publish to channel", channel);
        require(hub, who, channel);
    }

    /// Makes sure that a connection may carry what a channel holds.
    static void requireWire(Hub hub, Wire wire, String channel) {
        if (!carries(hub, wire, channel)) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED,
                    "channel '"
                            + channel
                            + "' goes only over encrypted connections: send \"encrypt\" in connect",
                    "encrypt");
        }
    }

    /// Whether a connection may carry what a channel holds.
    static boolean carries(Hub hub, Wire wire, String channel) {
        return wire.encrypted()
                || hub.channel(channel)
                        .map(info -> info.policy().encryption() == Encryption.OPTIONAL)
                        .orElse(true);
    }

    /// The rows somebody may see.
    static Selection rows(Identity who) {
        return who.rows().map(Selection::of).orElse(Selection.all());
    }

    private static void require(Identity who, ChannelUse use, String what, String channel) {
        if (!who.may(use, channel)) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED,
                    who.user() + " may not " + what + " '" + channel + "'",
                    "channel");
        }
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
