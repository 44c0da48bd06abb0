package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Encoding;
import java.util.Optional;

/// What is known about a connection when it begins.
///
/// @param client where it comes from
/// @param identity who it is, when the handshake said so
/// @param mark what was revoked before that was found out
/// @param implied the subscription its path implies
/// @param encoding how messages are written
/// @param understood false when none of the offered subprotocols is spoken here
record Arrival(
        Client client,
        Optional<Identity> identity,
        long mark,
        Optional<Command> implied,
        Encoding encoding,
        boolean understood) {}
