package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serial;
import java.time.Duration;

/// A refusal of the server, or a command that got no answer.
public final class NetSentinelException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int code;
    private final boolean temporary;
    private final long retryMillis;
    private final String field;

    private NetSentinelException(
            int code, String message, boolean temporary, long retryMillis, String field) {
        super(message);
        this.code = code;
        this.temporary = temporary;
        this.retryMillis = retryMillis;
        this.field = field;
    }

    /// No answer of the server: the connection or the client ended first, or time ran out.
    static NetSentinelException unanswered(String message) {
        return new NetSentinelException(0, message, true, 0, "");
    }

    /// Something the client itself could not do.
    static NetSentinelException local(String message, Throwable cause) {
        NetSentinelException e = unanswered(message);
        e.initCause(cause);
        return e;
    }

    static NetSentinelException of(JsonNode error) {
        return new NetSentinelException(
                error.path("code").asInt(),
                error.path("message").asText(),
                error.path("temporary").asBoolean(),
                error.path("retryMs").asLong(),
                error.path("field").asText());
    }

    /// The protocol's number, such as 103 for "permission denied"; 0 when the server did not
    /// answer.
    public int code() {
        return code;
    }

    /// Whether the same command can succeed later without a change.
    public boolean temporary() {
        return temporary;
    }

    /// How long the server asks to wait; zero when it does not say.
    public Duration retryAfter() {
        return Duration.ofMillis(retryMillis);
    }

    /// The member of the command that is to blame; empty when there is none.
    public String field() {
        return field;
    }
}
