package io.netsentinel.websocket;

import java.util.Map;
import java.util.Optional;

/// What becomes of a handshake.
public sealed interface Upgrade {

    /// Accepts without a subprotocol and with default limits.
    ///
    /// @param handler the new connection's application side
    static Accept accept(ConnectionHandler handler) {
        return new Accept(handler, WebSocketLimits.defaults(), Optional.empty(), Map.of());
    }

    /// Refuses with a plain text body.
    ///
    /// @param status HTTP status, 400 to 599
    /// @param message one line for a human reader
    static Refuse refuse(int status, String message) {
        return new Refuse(status, Map.of("Content-Type", "text/plain; charset=utf-8"), message);
    }

    /// Switch protocols. From here on `handler.onClose` is called exactly once, even when the peer
    /// goes away before the 101 reaches it.
    ///
    /// @param handler the connection's application side, not shared with another connection
    /// @param limits what this connection may do
    /// @param subprotocol one of the offered subprotocols
    /// @param headers further response headers by name
    record Accept(
            ConnectionHandler handler,
            WebSocketLimits limits,
            Optional<String> subprotocol,
            Map<String, String> headers)
            implements Upgrade {
        public Accept {
            headers = Map.copyOf(headers);
        }

        /// The same with a subprotocol.
        public Accept withSubprotocol(String chosen) {
            return new Accept(handler, limits, Optional.of(chosen), headers);
        }

        /// The same with other limits.
        public Accept withLimits(WebSocketLimits other) {
            return new Accept(handler, other, subprotocol, headers);
        }
    }

    /// Answer with an HTTP error and close the connection.
    ///
    /// @param status HTTP status, 400 to 599: 401, 403, 404, 429, 503
    /// @param headers response headers by name (`Content-Type`, `Retry-After`, `WWW-Authenticate`);
    ///   `Content-Length`, `Connection` and `Date` are added
    /// @param body response body, sent as UTF-8, may be empty
    record Refuse(int status, Map<String, String> headers, String body) implements Upgrade {
        public Refuse {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(
                        "a refusal needs a status 400 to 599: " + status);
            }
            headers = Map.copyOf(headers);
        }
    }
}
