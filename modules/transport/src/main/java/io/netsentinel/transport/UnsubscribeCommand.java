package io.netsentinel.transport;

import java.util.List;
import java.util.Optional;

/// `unsubscribe`.
final class UnsubscribeCommand implements CommandHandler {
    @Override
    public void run(Commander at, Command command) {
        command.allow(List.of("sub", "forget"));
        boolean forget = command.flag("forget");
        String label = command.text("sub");
        if (!end(at.protocol(), at.connection(), label, forget)) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, "there is no such subscription", "sub");
        }
        at.connection().send(Commander.reply("unsubscribed", command).put("sub", label));
    }

    /// Ends a subscription.
    ///
    /// @param forget whether the place of a durable one is not wanted any more
    /// @return false when there is none of this name
    static boolean end(
            Protocol protocol, ProtocolConnection connection, String label, boolean forget) {
        Optional<Wanted> ended = connection.cursors().remove(label);
        ended.ifPresent(one -> {
            String user = connection.identity().orElseThrow().user();
            protocol.connections().users().giveView(user, one.view());
            connection.holds().end(label, forget);
            protocol.connections().presence().update(connection);
        });
        return ended.isPresent();
    }
}
