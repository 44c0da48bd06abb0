package io.netsentinel.transport;

import java.util.List;

/// `unsubscribe`.
final class UnsubscribeCommand implements CommandHandler {
    @Override
    public void run(Commander at, Command command) {
        command.allow(List.of("sub"));
        String label = command.text("sub");
        Wanted ended =
                at.connection()
                        .cursors()
                        .remove(label)
                        .orElseThrow(() ->
                                new ProtocolException(
                                        ErrorCode.BAD_REQUEST,
                                        "there is no such subscription",
                                        "sub"));
        String user = at.connection().identity().orElseThrow().user();
        at.protocol().connections().users().giveView(user, ended.view());
        at.protocol().connections().presence().update(at.connection());
        at.connection().send(Commander.reply("unsubscribed", command).put("sub", label));
    }
}
