package io.netsentinel.client;

import java.time.Duration;

/// What a client is doing.
public sealed interface State {
    /// On its way to the server.
    record Connecting() implements State {}

    /// Connected; everything asked for is delivered.
    ///
    /// @param session the connection's id at the server
    /// @param user who the server takes the client for
    record Connected(String session, String user) implements State {}

    /// The connection was lost; the client comes back by itself.
    ///
    /// @param code of the close frame, or 1006 when there was none
    /// @param reason in words
    /// @param pause until the next attempt
    record Offline(int code, String reason, Duration pause) implements State {}

    /// Over: closed by its owner, or by the server with a code that says not to come back (4500 to
    /// 4999, or a refused handshake).
    ///
    /// @param code of the close frame; the HTTP status of a refused handshake
    /// @param reason in words
    record Closed(int code, String reason) implements State {}
}
