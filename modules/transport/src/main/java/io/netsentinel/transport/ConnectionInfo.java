package io.netsentinel.transport;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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
/// @param format how its messages are written, `json` or `msgpack`
/// @param encrypted whether they are encrypted besides
/// @param subscriptions named subscriptions
/// @param queueBytes bytes of messages that wait to be written; events do not wait, see
///   [Following#lag()]
/// @param messagesIn messages received
/// @param messagesOut messages sent
/// @param bytesIn bytes received
/// @param bytesOut bytes sent
/// @param lastPing when it was pinged last; empty while it was not
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
        String format,
        boolean encrypted,
        int subscriptions,
        long queueBytes,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        Optional<Instant> lastPing,
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
                connection.wire().encoding().name().toLowerCase(Locale.ROOT),
                connection.wire().encrypted(),
                connection.cursors().size(),
                connection.queueBytes(),
                connection.socket().map(s -> s.messagesIn()).orElse(0L),
                connection.socket().map(s -> s.messagesOut()).orElse(0L),
                connection.socket().map(s -> s.bytesIn()).orElse(0L),
                connection.socket().map(s -> s.bytesOut()).orElse(0L),
                connection.pinged(),
                connection.latency());
    }
}
