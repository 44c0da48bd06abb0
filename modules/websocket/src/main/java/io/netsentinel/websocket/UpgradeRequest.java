package io.netsentinel.websocket;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/// A handshake as the client sent it.
///
/// @param path decoded path without the query, `/ws/alerts`
/// @param query raw query without the question mark, empty when there is none
/// @param headers request headers; `Upgrade` is already reduced to `websocket`
/// @param subprotocols what the client offers, in its order of preference, without duplicates
/// @param remote address of the socket's peer (a proxy's, when there is one)
/// @param announced the client's address as a proxy announced it by the PROXY protocol, empty
///   without
/// @param local address the connection came in on
/// @param secure true when the connection is TLS
/// @param certificate what the client has shown, and the TLS of this server has checked; empty
///   without
public record UpgradeRequest(
        String path,
        String query,
        Headers headers,
        List<String> subprotocols,
        SocketAddress remote,
        Optional<String> announced,
        SocketAddress local,
        boolean secure,
        Optional<Certificate> certificate) {

    public UpgradeRequest {
        subprotocols = List.copyOf(subprotocols);
    }

    /// The `Origin` header. Browsers always send it; its absence says nothing about other clients.
    public Optional<String> origin() {
        return headers.first(HeaderNames.ORIGIN);
    }

    /// The `Host` header; Helidon refuses requests without exactly one.
    public Optional<String> host() {
        return headers.first(HeaderNames.HOST);
    }
}
