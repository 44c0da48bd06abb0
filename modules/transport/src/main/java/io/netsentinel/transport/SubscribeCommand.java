package io.netsentinel.transport;

/// `subscribe`.
final class SubscribeCommand implements CommandHandler {
    @Override
    public void run(Commander at, Command command) {
        Wanted wanted = Wanted.of(command, at.protocol().now());
        new Subscribing(at.protocol(), at.connection(), at.connection().identity().orElseThrow())
                .open(wanted, command);
    }
}
