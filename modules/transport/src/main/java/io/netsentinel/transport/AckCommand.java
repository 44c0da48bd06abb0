package io.netsentinel.transport;

import io.netsentinel.channels.DurableHold;
import io.netsentinel.queuing.InboxReader;
import java.util.List;
import java.util.Optional;

/// `ack`: everything up to an offset of a durable subscription, or up to a direct message, is dealt
/// with. Only a refusal is answered.
final class AckCommand implements CommandHandler {
    private static final List<String> FIELDS = List.of("sub", "channel", "epoch", "offset");
    private static final String INBOX = "inbox";

    @Override
    public void run(Commander at, Command command) {
        command.allow(FIELDS);
        long offset =
                command.optionalNumber("offset", 0, Long.MAX_VALUE)
                        .orElseThrow(() -> bad("offset", "\"offset\" is missing"));
        Optional<String> sub = command.optionalText("sub");
        Optional<String> channel = command.optionalText("channel");
        Optional<String> epoch = command.optionalText("epoch");
        if (sub.isEmpty() && channel.filter(INBOX::equals).isPresent()) {
            message(at.connection(), offset);
            return;
        }
        String label =
                sub.or(() -> channel)
                        .orElseThrow(() -> bad("sub", "say which: \"sub\" or \"channel\""));
        DurableHold hold =
                at.connection()
                        .holds()
                        .of(label)
                        .orElseThrow(() ->
                                bad("sub", "there is no durable subscription \"" + label + "\""));
        channel.ifPresent(
                name -> ChannelAccess.requireAck(at.connection().identity().orElseThrow(), name));
        switch (hold.acknowledge(channel, epoch, offset)) {
            case TAKEN -> {}
            case NO_SUCH_CHANNEL ->
                    throw bad("channel", "the subscription follows no such channel, or several");
            case OTHER_EPOCH ->
                    throw bad("epoch", "the epoch is not the one \"subscribed\" has named");
            case NOT_SENT ->
                    throw bad("offset", "so much was not sent: " + offset + " is above it");
        }
    }

    private static void message(ProtocolConnection connection, long seq) {
        InboxReader reader =
                connection
                        .mail()
                        .reader()
                        .orElseThrow(() -> bad("channel", "no direct message was sent here"));
        if (!reader.acknowledge(seq)) {
            throw bad("offset", "message " + seq + " was not sent on this connection");
        }
    }

    private static ProtocolException bad(String field, String message) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, message, field);
    }
}
