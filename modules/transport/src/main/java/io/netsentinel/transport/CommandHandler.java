package io.netsentinel.transport;

/// What one type of command does. Shared by all connections.
interface CommandHandler {

    /// Does it, on the thread that reads for the connection, which may wait.
    ///
    /// @throws ProtocolException to refuse it
    void run(Commander at, Command command);

    /// Whether it may come before anybody has said who they are, or after the token has ended.
    default boolean open() {
        return false;
    }
}
