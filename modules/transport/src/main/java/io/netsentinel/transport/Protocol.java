package io.netsentinel.transport;

import io.netsentinel.auth.Auth;
import io.netsentinel.channels.Encoding;
import io.netsentinel.channels.Hub;
import io.netsentinel.transport.spi.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/// What all connections work on.
///
/// @param services what the application is made of
/// @param hub the channels
/// @param auth who somebody is
/// @param settings limits and times
/// @param connections all of them
/// @param encryption agrees on keys with clients that want their messages encrypted
/// @param queues what is kept for clients while they are away
/// @param methods what `call` reaches, by name
/// @param clock the time of day
record Protocol(
        Services services,
        Hub hub,
        Auth auth,
        ProtocolSettings settings,
        Connections connections,
        MessageEncryption encryption,
        Queues queues,
        Map<String, Method> methods,
        Clock clock) {

    /// The subprotocols spoken, with how their messages are written.
    static final Map<String, Encoding> SUBPROTOCOLS =
            Map.of(
                    "netsentinel.v1.json", Encoding.JSON,
                    "netsentinel.v1.msgpack", Encoding.MSGPACK);

    Instant now() {
        return clock.instant();
    }
}
