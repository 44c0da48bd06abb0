package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.channels.HubSettings;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.ProtocolSettings;
import io.netsentinel.transport.ServerSettings;
import java.time.Duration;

/// The settings under `limits`: what clients may use up.
public final class LimitKeys {
    private static final ServerSettings SERVER = ServerSettings.defaults();
    private static final HubSettings HUB = HubSettings.defaults();
    private static final ProtocolSettings STREAMS = ProtocolSettings.defaults();
    private static final int MANY = 1_000_000;

    public static final Key<Integer> CONNECTIONS =
            Key.of(
                    "limits.connections",
                    count("a number", 1, MANY),
                    SERVER.limits().connections(),
                    "Open connections; the operating system's limit of open files may lower it.");
    public static final Key<Integer> CONNECTIONS_PER_USER =
            Key.of(
                    "limits.connections-per-user",
                    count("a number", 1, MANY),
                    STREAMS.limits().connectionsPerUser(),
                    "Open WebSocket connections of one user or token name.");
    public static final Key<Integer> CONNECTIONS_PER_ADDRESS =
            Key.of(
                    "limits.connections-per-address",
                    count("a number", 1, MANY),
                    STREAMS.limits().connectionsPerAddress(),
                    "Open WebSocket connections from one address.");
    public static final Key<Integer> CONNECT_RATE_PER_ADDRESS =
            Key.of(
                    "limits.connect-rate-per-address",
                    count("a number", 1, MANY),
                    STREAMS.limits().connectRatePerAddress(),
                    "WebSocket connections opened in a second from one address. Loopback and"
                            + " `trusted-proxies` have no limits per address.");
    public static final Key<Integer> SUBSCRIPTIONS =
            Key.of(
                    "limits.subscriptions",
                    count("a number", 1, MANY),
                    STREAMS.limits().subscriptions(),
                    "Subscriptions of a WebSocket connection; a pattern counts once.");
    public static final Key<Integer> VIEWS_PER_USER =
            Key.of(
                    "limits.views-per-user",
                    count("a number", 1, MANY),
                    STREAMS.limits().viewsPerUser(),
                    "Different views (channel, filter and format) of one user.");
    public static final Key<Integer> COMMANDS_PER_SECOND =
            Key.of(
                    "limits.commands-per-second",
                    count("a number", 1, MANY),
                    STREAMS.limits().commandsPerSecond(),
                    "Commands of a WebSocket connection, with a burst of twice as many."
                            + " Administrators have no such limit.");
    public static final Key<Integer> COMMANDS_PER_USER =
            Key.of(
                    "limits.commands-per-second-per-user",
                    count("a number", 1, MANY),
                    STREAMS.limits().commandsPerUser(),
                    "Commands of a user or token name over all WebSocket connections, with a burst"
                            + " of twice as many. Administrators have no such limit.");
    public static final Key<Integer> HISTORY_PER_SECOND =
            Key.of(
                    "limits.history-per-second",
                    count("a number", 1, MANY),
                    STREAMS.limits().historyPerSecond(),
                    "Commands `history` of a WebSocket connection, with a burst of twice as many."
                            + " Administrators have no such limit.");
    public static final Key<Long> FRAME_SIZE =
            Key.of(
                    "limits.frame-size",
                    SIZE,
                    (long) STREAMS.limits().frameSize(),
                    "The largest WebSocket frame and message from a client.");
    public static final Key<Long> BODY =
            Key.of(
                    "limits.body",
                    SIZE,
                    SERVER.limits().body(),
                    "The largest request body, except where events are sent in.");
    public static final Key<Integer> CHANNELS =
            Key.of(
                    "limits.channels",
                    count("a number", Channel.builtIn().size(), MANY),
                    HUB.channels(),
                    "Channels, the built-in ones included.");
    public static final Key<Long> HOT_MEMORY =
            Key.of(
                    "limits.hot-memory",
                    SIZE,
                    HUB.hotBytes(),
                    "Memory for the newest events, at least 64KiB; older ones are read from the"
                            + " disk.");
    public static final Key<Duration> REQUEST_TIMEOUT =
            Key.of(
                    "limits.request-timeout",
                    DURATION,
                    SERVER.limits().requestTimeout(),
                    "Time from connecting to the end of the first request's headers.");
    public static final Key<Duration> BODY_TIMEOUT =
            Key.of(
                    "limits.body-timeout",
                    DURATION,
                    SERVER.limits().bodyTimeout(),
                    "Silence allowed while a body is awaited.");
    public static final Key<Duration> IDLE_TIMEOUT =
            Key.of(
                    "limits.idle-timeout",
                    DURATION,
                    SERVER.limits().idleTimeout(),
                    "Silence allowed between requests.");
    public static final Key<Duration> PING_INTERVAL =
            Key.of(
                    "limits.ping-interval",
                    DURATION,
                    STREAMS.timing().ping(),
                    "Time between two pings on a WebSocket connection, 1s to 10m; less than what a proxy in front allows to be silent.");

    static final Section SECTION =
            Section.of(
                    "Limits",
                    "What clients may use up.",
                    CONNECTIONS,
                    CONNECTIONS_PER_USER,
                    CONNECTIONS_PER_ADDRESS,
                    CONNECT_RATE_PER_ADDRESS,
                    SUBSCRIPTIONS,
                    VIEWS_PER_USER,
                    COMMANDS_PER_SECOND,
                    COMMANDS_PER_USER,
                    HISTORY_PER_SECOND,
                    FRAME_SIZE,
                    BODY,
                    CHANNELS,
                    HOT_MEMORY,
                    REQUEST_TIMEOUT,
                    BODY_TIMEOUT,
                    IDLE_TIMEOUT,
                    PING_INTERVAL);

    private LimitKeys() {}
}
