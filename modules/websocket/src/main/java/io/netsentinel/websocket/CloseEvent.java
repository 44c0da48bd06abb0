package io.netsentinel.websocket;

import java.util.Optional;

/// How a connection ended.
///
/// @param cause who or what ended it
/// @param code the close code of RFC 6455 7.1.5: the one received from the peer, 1005 when its
///   close frame had none, 1006 when no close frame came; after a write timeout the code configured
///   for it
/// @param reason the reason received with it, else a description for the log, else empty; at most
///   123 bytes; text from the peer is untrusted
/// @param sentCode the code in the close frame this side wrote, 1005 for one without a code, 0 when
///   none was written
/// @param error what was thrown, for [Cause#LOST], [Cause#FAILED] and a handler's failure
public record CloseEvent(
        Cause cause, int code, String reason, int sentCode, Optional<Throwable> error) {

    /// True when close frames went both ways.
    public boolean clean() {
        return code != io.helidon.websocket.WsCloseCodes.CLOSED_ABNORMALLY && sentCode != 0;
    }

    /// The first thing that led to the end.
    public enum Cause {
        /// The peer sent a close frame.
        PEER,
        /// [WebSocketConnection#close(int, String)] was called.
        LOCAL,
        /// The peer broke the protocol or a limit; it was told so with 1002, 1007, 1008 or 1009.
        VIOLATION,
        /// The stream ended or the socket failed without a close frame.
        LOST,
        /// The peer took no byte for the write timeout.
        WRITE_TIMEOUT,
        /// A handler threw; the peer was told 1011.
        FAILED,
        /// The server stopped or cut an idle connection; the peer was told 1001 if there was time.
        STOPPED
    }
}
