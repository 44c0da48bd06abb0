package io.netsentinel.transport;

/// Why the server closes a connection. After 4000 to 4499 a client comes back with full-jitter
/// backoff, after 4500 to 4999 it does not.
public enum CloseCode {
    /// The server goes down or hands its connections over.
    DRAIN(4001, "server is going away"),
    /// The server failed while it handled this connection.
    INTERNAL(4004, "internal error"),
    /// The token ended and was not refreshed in time.
    TOKEN_EXPIRED(4005, "token expired"),
    /// The socket took no byte for the write timeout.
    WRITE_BLOCKED(4008, "write blocked"),
    /// A channel began a new epoch while this connection was reading it: after a write error its
    /// newest events, which may have been delivered, are missing.
    POSITION_LOST(4010, "position lost"),
    /// A newer connection has taken over a durable subscription of this one.
    TAKEN_OVER(4011, "a newer connection took over a durable subscription"),
    /// Nothing was received after a ping.
    NO_PONG(4012, "no pong"),
    /// The client kept sending commands while it was told that they are too many.
    TOO_MANY_REQUESTS(4013, "too many requests"),
    /// What the identity may do has changed; reconnect to see what is left.
    ACCESS_CHANGED(4014, "access changed"),
    /// An encrypted frame was changed, repeated or left out on its way.
    CANNOT_DECRYPT(4015, "a frame cannot be decrypted"),
    /// The token was refused.
    INVALID_TOKEN(4500, "invalid token"),
    /// What the client sent is not this protocol.
    PROTOCOL_ERROR(4501, "protocol error"),
    /// The client did not say who it is in time.
    NO_IDENTITY(4502, "no identity in time"),
    /// An administrator closed the connection.
    KICKED(4503, "closed by an administrator"),
    /// The user has too many connections.
    CONNECTION_LIMIT(4504, "too many connections"),
    /// The client kept subscribing above the limit.
    SUBSCRIPTION_LIMIT(4505, "too many subscriptions"),
    /// None of the offered subprotocols is spoken here.
    UNSUPPORTED_SUBPROTOCOL(4506, "unsupported subprotocol"),
    /// The identity may not use the channel the connection is for.
    FORBIDDEN(4507, "forbidden"),
    /// The session or token was revoked.
    REVOKED(4508, "revoked"),
    /// Most of what the client sent was wrong.
    TOO_MANY_ERRORS(4509, "too many errors");

    private static final int LAST_RECONNECT = 4499;

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    /// The code in the close frame and in the `disconnect` message before it.
    public int number() {
        return number;
    }

    /// The reason sent with it, in plain English.
    public String reason() {
        return reason;
    }

    /// Whether the client should come back by itself.
    public boolean reconnect() {
        return number <= LAST_RECONNECT;
    }
}
