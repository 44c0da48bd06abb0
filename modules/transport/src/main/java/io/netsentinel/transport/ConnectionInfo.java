package io.netsentinel.transport;

import java.time.Instant;

/// A WebSocket connection at one moment.
///
/// @param id unique
/// @param client the client's stable id, the connection's own when it gave none
/// @param user who it is, empty while that is not known
/// @param role their role, empty while that is not known
/// @param name what the client calls itself, may be empty
/// @param version its version, may be empty
/// @param address where it comes from
/// @param since when it began
/// @param subscriptions named subscriptions
/// @param messagesIn messages received
/// @param messagesOut messages sent
/// @param bytesIn bytes received
/// @param bytesOut bytes sent
/// @param latencyMillis a ping's way there and back; -1 when the client does not tell
public record ConnectionInfo(
        String id,
        String client,
        String user,
        String role,
        String name,
        String version,
        String address,
        Instant since,
        int subscriptions,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        int latencyMillis) {

    static ConnectionInfo of(ProtocolConnection connection) {
        Hello hello = connection.hello().orElse(new Hello(connection.id(), "", ""));
        return new ConnectionInfo(
                connection.id(),
                hello.client(),
                connection.identity().map(who -> who.user()).orElse(""),
                connection.identity().map(who -> who.role().text()).orElse(""),
                hello.name(),
                hello.version(),
                connection.arrival().client().address().getHostAddress(),
                connection.since(),
                connection.cursors().size(),
                connection.socket().map(s -> s.messagesIn()).orElse(0L),
                connection.socket().map(s -> s.messagesOut()).orElse(0L),
                connection.socket().map(s -> s.bytesIn()).orElse(0L),
                connection.socket().map(s -> s.bytesOut()).orElse(0L),
                connection.latency());
    }
}
