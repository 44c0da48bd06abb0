package io.netsentinel.transport;

import java.net.SocketAddress;
import java.util.Optional;

/// The other end of a connection.
///
/// @param remote the socket's peer
/// @param announced the client's address as the peer announced it by the PROXY protocol; empty
///   without it, an empty text when the peer speaks for itself
/// @param local the address it came in on
/// @param tls whether the socket is encrypted
record Peer(SocketAddress remote, Optional<String> announced, SocketAddress local, boolean tls) {}
