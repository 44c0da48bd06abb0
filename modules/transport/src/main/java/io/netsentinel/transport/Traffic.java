package io.netsentinel.transport;

/// Messages and bytes over WebSocket connections since the start.
///
/// @param opened connections that were opened
/// @param messagesIn messages received
/// @param messagesOut messages sent
/// @param bytesIn bytes received
/// @param bytesOut bytes sent
public record Traffic(long opened, long messagesIn, long messagesOut, long bytesIn, long bytesOut) {
    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

    /// That of one connection.
    static Traffic of(ProtocolConnection connection) {
        return connection
                .socket()
                .map(socket ->
                        new Traffic(
                                1,
                                socket.messagesIn(),
                                socket.messagesOut(),
                                socket.bytesIn(),
                                socket.bytesOut()))
                .orElse(new Traffic(1, 0, 0, 0, 0));
    }

    Traffic plus(Traffic other) {
        return new Traffic(
                opened + other.opened,
                messagesIn + other.messagesIn,
                messagesOut + other.messagesOut,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }
}
