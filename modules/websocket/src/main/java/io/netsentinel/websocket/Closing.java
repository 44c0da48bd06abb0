package io.netsentinel.websocket;

import io.helidon.websocket.WsCloseCodes;
import java.time.Duration;
import java.util.Optional;

/// The first thing that leads to a connection's end.
///
/// @param frame the close frame to write, empty when nothing can be written any more
/// @param farewell true when `fill` is asked once more before the close frame
/// @param description for the log, when no reason comes from the peer
/// @param since `System.nanoTime()` when it happened
record Closing(
        CloseEvent.Cause cause,
        Optional<CloseFrame> frame,
        boolean farewell,
        String description,
        Optional<Throwable> error,
        long since) {

    private static final Duration LINGER = Duration.ofSeconds(1);

    static Closing local(int code, String reason) {
        return new Closing(
                CloseEvent.Cause.LOCAL,
                Optional.of(new CloseFrame(code, reason)),
                true,
                reason,
                Optional.empty(),
                System.nanoTime());
    }

    static Closing peer(int code) {
        return new Closing(
                CloseEvent.Cause.PEER,
                Optional.of(new CloseFrame(code, "")),
                true,
                "",
                Optional.empty(),
                System.nanoTime());
    }

    static Closing violation(Violation violation) {
        return new Closing(
                CloseEvent.Cause.VIOLATION,
                Optional.of(new CloseFrame(violation.code(), violation.rule())),
                true,
                violation.rule(),
                Optional.empty(),
                System.nanoTime());
    }

    static Closing failed(Throwable error) {
        return new Closing(
                CloseEvent.Cause.FAILED,
                Optional.of(new CloseFrame(WsCloseCodes.UNEXPECTED_CONDITION, "internal error")),
                false,
                "handler failed",
                Optional.of(error),
                System.nanoTime());
    }

    static Closing stopped() {
        return new Closing(
                CloseEvent.Cause.STOPPED,
                Optional.of(new CloseFrame(WsCloseCodes.GOING_AWAY, "")),
                false,
                "server stopped or connection idle",
                Optional.empty(),
                System.nanoTime());
    }

    /// How long the peer has to answer. One that broke the rules is not expected to: it only gets
    /// the time to read why.
    Duration patience(WebSocketLimits limits) {
        boolean handshake = cause != CloseEvent.Cause.VIOLATION && cause != CloseEvent.Cause.FAILED;
        return handshake || limits.closeTimeout().compareTo(LINGER) < 0
                ? limits.closeTimeout()
                : LINGER;
    }

    /// An end without a close frame.
    static Closing silent(CloseEvent.Cause cause, String description, Optional<Throwable> error) {
        return new Closing(cause, Optional.empty(), false, description, error, System.nanoTime());
    }
}
