package io.netsentinel.websocket;

import io.helidon.websocket.WsCloseCodes;
import java.time.Duration;

/// What one connection may do and how long it may take.
///
/// @param maxFrame largest payload of one frame received, bytes; more is closed with 1009
/// @param maxMessage largest message received over all its fragments, bytes; more is closed with
///   1009
/// @param writeTimeout how long the socket may take no byte while something is to be written. A
///   full socket takes bytes again when the peer has taken a third of its buffer, so at 10 s a peer
///   that reads less than about 8 kB/s counts as one that takes nothing
/// @param writeTimeoutCode the code [CloseEvent] reports after a write timeout
/// @param closeTimeout how long the close handshake may take, from the request to close until the
///   peer's answer
/// @param controlFramesPerSecond pings, pongs and empty fragments accepted per second, with a burst
///   of twice as many; more is closed with 1008
/// @param maxInflated largest message received with permessage-deflate (RFC 7692) after
///   decompression, bytes; more is closed with 1009. 0 declines the extension
public record WebSocketLimits(
        int maxFrame,
        int maxMessage,
        Duration writeTimeout,
        int writeTimeoutCode,
        Duration closeTimeout,
        int controlFramesPerSecond,
        int maxInflated) {

    private static final WebSocketLimits DEFAULTS =
            new WebSocketLimits(
                    64 << 10,
                    64 << 10,
                    Duration.ofSeconds(10),
                    WsCloseCodes.CLOSED_ABNORMALLY,
                    Duration.ofSeconds(5),
                    100,
                    0);

    public WebSocketLimits {
        check(maxFrame > 0, "maxFrame must be positive", maxFrame);
        check(maxMessage > 0, "maxMessage must be positive", maxMessage);
        check(writeTimeout.isPositive(), "writeTimeout must be positive", writeTimeout);
        check(closeTimeout.isPositive(), "closeTimeout must be positive", closeTimeout);
        check(
                controlFramesPerSecond > 0,
                "controlFramesPerSecond must be positive",
                controlFramesPerSecond);
        check(
                maxInflated >= 0 && maxInflated < Integer.MAX_VALUE,
                "maxInflated must not be negative",
                maxInflated);
    }

    /// 64 KiB frames and messages, 10 s write timeout reported as 1006, 5 s to close, 100 control
    /// frames a second, permessage-deflate declined.
    public static WebSocketLimits defaults() {
        return DEFAULTS;
    }

    /// The same with another largest message; a frame may be as large as a message.
    public WebSocketLimits withMaxMessage(int bytes) {
        return new WebSocketLimits(
                bytes,
                bytes,
                writeTimeout,
                writeTimeoutCode,
                closeTimeout,
                controlFramesPerSecond,
                maxInflated);
    }

    /// The same with permessage-deflate for clients that offer it.
    ///
    /// @param largest largest message after decompression, bytes
    public WebSocketLimits withDeflate(int largest) {
        return new WebSocketLimits(
                maxFrame,
                maxMessage,
                writeTimeout,
                writeTimeoutCode,
                closeTimeout,
                controlFramesPerSecond,
                largest);
    }

    /// The same with another write timeout, reported with `code`.
    public WebSocketLimits withWriteTimeout(Duration timeout, int code) {
        return new WebSocketLimits(
                maxFrame,
                maxMessage,
                timeout,
                code,
                closeTimeout,
                controlFramesPerSecond,
                maxInflated);
    }

    /// The same with another time for the close handshake.
    public WebSocketLimits withCloseTimeout(Duration timeout) {
        return new WebSocketLimits(
                maxFrame,
                maxMessage,
                writeTimeout,
                writeTimeoutCode,
                timeout,
                controlFramesPerSecond,
                maxInflated);
    }

    private static void check(boolean valid, String rule, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
