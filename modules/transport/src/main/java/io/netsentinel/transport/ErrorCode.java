package io.netsentinel.transport;

/// What can be wrong with a command. The number is the `code` of the protocol's `error` message and
/// never changes its meaning.
public enum ErrorCode {
    /// The server failed; the same command may work later.
    INTERNAL(100, true),
    /// No identity yet, or its token was refused.
    UNAUTHORIZED(101, false),
    /// No such channel, and this identity may not create it.
    UNKNOWN_CHANNEL(102, false),
    /// The identity's role or token does not allow this.
    PERMISSION_DENIED(103, false),
    /// The `type` of the message is not one of the protocol.
    UNKNOWN_TYPE(104, false),
    /// The connection has a subscription of this name.
    ALREADY_SUBSCRIBED(105, false),
    /// A limit of the connection or the server is reached.
    LIMIT_EXCEEDED(106, false),
    /// The message is malformed, or a field is missing or wrong.
    BAD_REQUEST(107, false),
    /// The server does not offer this.
    NOT_AVAILABLE(108, false),
    /// The token's time is over; come back with a new one.
    TOKEN_EXPIRED(109, true),
    /// Commands come faster than allowed.
    TOO_MANY_REQUESTS(111, true),
    /// The log does not reach back to the position.
    UNRECOVERABLE_POSITION(112, false),
    /// The filter cannot be understood; the message names the column.
    BAD_FILTER(120, false),
    /// The payload is larger than allowed.
    PAYLOAD_TOO_LARGE(121, false),
    /// Somebody else was faster; the message says who.
    CONFLICT(122, false),
    /// A queue is full; the message may say when to try again.
    QUEUE_FULL(123, false),
    /// The log can only be read, for example because the disk is full.
    READ_ONLY(124, true);

    private final int number;
    private final boolean temporary;

    ErrorCode(int number, boolean temporary) {
        this.number = number;
        this.temporary = temporary;
    }

    /// The `code` on the wire.
    public int number() {
        return number;
    }

    /// Whether the same command can succeed later without a change.
    public boolean temporary() {
        return temporary;
    }
}
