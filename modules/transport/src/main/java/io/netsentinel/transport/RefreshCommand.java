package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import java.time.Instant;
import java.util.List;

/// `refresh`: a newer token for a connection that stays open.
final class RefreshCommand implements CommandHandler {
    @Override
    public boolean open() {
        return true;
    }

    @Override
    public void run(Commander at, Command command) {
        command.allow(List.of("token"));
        String token = command.text("token");
        if (at.connection().identity().isEmpty()) {
            throw new ProtocolException(ErrorCode.UNAUTHORIZED, "send connect with a token first");
        }
        TokenUse.use(at, command, token);
        if (!at.connection().open()) {
            return;
        }
        ObjectNode answer = Commander.reply("refreshed", command);
        at.connection()
                .identity()
                .flatMap(Identity::expires)
                .map(Instant::getEpochSecond)
                .ifPresent(end -> answer.put("exp", end));
        at.connection().send(answer);
    }
}
