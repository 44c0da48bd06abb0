package io.netsentinel.transport;

import java.util.List;

/// `pong`: the echo of a ping's time tells how long the way there and back takes.
final class PongCommand implements CommandHandler {
    @Override
    public boolean open() {
        return true;
    }

    @Override
    public void run(Commander at, Command command) {
        command.allow(List.of("time"));
        long now = at.protocol().clock().millis();
        command.optionalNumber("time", 0, Long.MAX_VALUE)
                .ifPresent(time -> at.connection().measured(Math.max(0, now - time)));
    }
}
