package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Where;
import java.util.List;

/// `presence`: who follows a channel.
final class PresenceCommand implements CommandHandler {
    @Override
    public void run(Commander at, Command command) {
        command.allow(List.of("channel"));
        String channel = command.text("channel");
        Identity who = at.connection().identity().orElseThrow();
        ChannelAccess.requireSubscribe(at.protocol().hub(), who, channel, new Where.Tail());
        Presence presence = at.protocol().connections().presence();
        if (!presence.allowed(channel)) {
            throw new ProtocolException(
                    ErrorCode.NOT_AVAILABLE,
                    "the policy of channel '" + channel + "' does not tell who follows it",
                    "channel");
        }
        ObjectNode answer = Commander.reply("presence", command).put("channel", channel);
        presence.list(channel, answer);
        at.connection().send(answer);
    }
}
