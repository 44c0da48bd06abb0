package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.HistoryPage;
import io.netsentinel.channels.HistoryRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// `history`: stored events of one channel, once.
final class HistoryCommand implements CommandHandler {
    private static final List<String> FIELDS =
            List.of("channel", "offset", "since", "limit", "reverse", "filter");
    private static final int MOST = 500;
    private static final int USUAL = 100;

    @Override
    public void run(Commander at, Command command) {
        command.allow(FIELDS);
        Protocol protocol = at.protocol();
        Identity who = at.connection().identity().orElseThrow();
        String channel = command.text("channel");
        ChannelAccess.requireRead(protocol.hub(), who, channel);
        ChannelAccess.requireWire(protocol.hub(), at.connection().wire(), channel);
        OptionalLong offset = command.optionalNumber("offset", 0, Long.MAX_VALUE);
        boolean reverse = command.flag("reverse");
        if (!reverse && offset.isPresent()) {
            requireReached(protocol, channel, offset.getAsLong());
        }
        HistoryRequest request =
                new HistoryRequest(
                        channel,
                        offset,
                        Wanted.since(command, protocol.now()),
                        (int) command.optionalNumber("limit", 1, MOST).orElse(USUAL),
                        reverse,
                        Wanted.filter(command).and(ChannelAccess.rows(who)));
        at.connection().send(answer(command, protocol.hub().history(request).join()));
    }

    private static void requireReached(Protocol protocol, String channel, long offset) {
        long tail = protocol.hub().channel(channel).map(info -> info.tail()).orElse(0L);
        if (offset > tail) {
            throw new ProtocolException(
                    ErrorCode.UNRECOVERABLE_POSITION,
                    "the channel has no offset " + offset + ", its newest is " + tail,
                    "offset");
        }
    }

    /// The page's bytes are put in as they are.
    private static byte[] answer(Command command, HistoryPage page) {
        StringBuilder head = new StringBuilder("{\"type\":\"history\",");
        command.id().ifPresent(id -> head.append("\"id\":").append(id).append(','));
        byte[] members = page.members();
        ByteArrayOutputStream out = new ByteArrayOutputStream(members.length + head.length() + 1);
        out.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(members);
        out.write('}');
        return out.toByteArray();
    }
}
