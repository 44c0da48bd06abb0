package io.netsentinel.transport;

import java.time.Duration;

/// A command that is refused. It becomes an `error` message with the command's `id`.
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String field;
    private final Duration retry;

    /// A refusal that names no field.
    ///
    /// @param message names the thing, the value and the way out; sent to the client
    public ProtocolException(ErrorCode code, String message) {
        this(code, message, "", Duration.ZERO);
    }

    /// A refusal because of one field.
    ///
    /// @param message names the thing, the value and the way out; sent to the client
    /// @param field the field of the command that is wrong
    public ProtocolException(ErrorCode code, String message, String field) {
        this(code, message, field, Duration.ZERO);
    }

    private ProtocolException(ErrorCode code, String message, String field, Duration retry) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.retry = retry;
    }

    /// A refusal that is over after a while.
    ///
    /// @param retry when it makes sense to try again
    public static ProtocolException later(ErrorCode code, String message, Duration retry) {
        return new ProtocolException(code, message, "", retry);
    }

    /// The kind of refusal.
    public ErrorCode code() {
        return code;
    }

    /// The field of the command that is wrong, empty when it is none in particular.
    public String field() {
        return field;
    }

    /// When it makes sense to try again, zero when that is not known.
    public Duration retry() {
        return retry;
    }

    /// The text for the client.
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
