package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.IdempotencyKey;
import io.netsentinel.queuing.Position;
import java.util.List;
import java.util.Optional;

/// `publish`: one event, answered after its commit. The reader goes on meanwhile, so a client may
/// have many on their way; their order is kept.
final class PublishCommand implements CommandHandler {
    private static final List<String> FIELDS = List.of("channel", "data", "key", "ttl", "priority");
    private static final int HIGHEST = 3;
    private static final int LONGEST_KEY = 256;

    @Override
    public void run(Commander at, Command command) {
        command.allow(FIELDS);
        Identity who = at.connection().identity().orElseThrow();
        String channel = command.text("channel");
        Append append = append(command, channel, who);
        ChannelAccess.requirePublish(at.protocol().hub(), who, channel);
        ChannelAccess.requireWire(at.protocol().hub(), at.connection().wire(), channel);
        if (!at.connection().underWay().enter()) {
            return;
        }
        var _ =
                at.protocol()
                        .hub()
                        .publish(append)
                        .whenComplete((appended, failure) -> {
                            at.connection().underWay().leave();
                            if (failure != null) {
                                at.fail(command, failure);
                            } else if (command.id().isPresent()) {
                                at.connection().send(published(command, appended));
                            }
                        });
    }

    /// What a command, or a body that says the same, wants to be stored.
    static Append append(Command command, String channel, Identity who) {
        byte[] data = data(command, Entry.MAX_PAYLOAD);
        ServerFields.refuse(channel, data);
        int priority = (int) command.optionalNumber("priority", 0, HIGHEST).orElse(Entry.NORMAL);
        Optional<IdempotencyKey> key = command.optionalText("key").map(text -> key(who, text));
        long ttl = DurableWish.ttl(command);
        return new Append(
                List.of(new Entry(checked(channel), data, priority, ttl)), List.of(), key);
    }

    /// The object a command brings.
    ///
    /// @param most bytes it may have
    static byte[] data(Command command, int most) {
        byte[] data =
                command.data()
                        .orElseThrow(() ->
                                new ProtocolException(
                                        ErrorCode.BAD_REQUEST,
                                        "\"data\" must be an object",
                                        "data"));
        if (data.length > most) {
            throw new ProtocolException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "\"data\" has " + data.length + " bytes, the most is " + most,
                    "data");
        }
        return data;
    }

    private static String checked(String channel) {
        try {
            return io.netsentinel.events.Channel.check(channel);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), "channel");
        }
    }

    private static IdempotencyKey key(Identity who, String text) {
        if (text.isEmpty() || text.length() > LONGEST_KEY) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, "\"key\" has 1 to 256 characters", "key");
        }
        return new IdempotencyKey("publish:" + who.user(), text);
    }

    private static ObjectNode published(Command command, Appended appended) {
        Position position = appended.positions().getFirst();
        ObjectNode message =
                Commander.reply("published", command)
                        .put("channel", position.channel())
                        .put("offset", position.offset())
                        .put("epoch", position.epoch());
        return appended.duplicate() ? message.put("duplicate", true) : message;
    }
}
