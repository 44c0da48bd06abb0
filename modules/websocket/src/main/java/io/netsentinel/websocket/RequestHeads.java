package io.netsentinel.websocket;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Sees every request head before Helidon acts on it: keeps the clock for slow ones, and writes
/// `Upgrade` the one way Helidon looks it up. RFC 6455 4.2.1 wants any case, RFC 9110 7.8 a list.
final class RequestHeads implements Http1ConnectionListener {
    static final String WEBSOCKET = "websocket";

    private final AcceptedSockets sockets;

    RequestHeads(AcceptedSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        sockets.headBegun(context);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        sockets.headComplete(context);
        if (headers.contains(HeaderNames.UPGRADE)
                && headers instanceof WritableHeaders<?> writable
                && Handshake.tokens(headers, HeaderNames.UPGRADE).stream()
                        .anyMatch(WEBSOCKET::equalsIgnoreCase)) {
            writable.set(HeaderNames.UPGRADE, WEBSOCKET);
        }
    }
}
