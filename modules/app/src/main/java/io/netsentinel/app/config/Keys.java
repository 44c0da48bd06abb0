package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FILTER;
import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.GRANTS;
import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.PORT;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.URL;
import static io.netsentinel.app.config.ValueTypes.choice;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Filter;
import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.transport.ProtocolSettings;
import io.netsentinel.transport.QueueSettings;
import io.netsentinel.transport.ServerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Every setting there is. The commented file, the reference and the checks are made from this
/// list; the fallbacks are those of the modules themselves.
public final class Keys {
    /// How much is logged.
    public enum LogLevel {
        /// What failed and someone must act on now.
        ERROR,
        /// And what will need action.
        WARNING,
        /// And steps in the server's life.
        INFO,
        /// And what helps a developer.
        DEBUG
    }

    /// How log lines look.
    public enum LogFormat {
        /// A line for people.
        TEXT,
        /// One JSON object per line.
        JSON
    }

    private static final ServerSettings SERVER = ServerSettings.defaults();
    private static final AuthSettings AUTH = AuthSettings.defaults();
    private static final LogSettings LOG = LogSettings.defaults();
    private static final HubSettings HUB = HubSettings.defaults();
    private static final ProtocolSettings STREAMS = ProtocolSettings.defaults();
    private static final QueueSettings QUEUES = QueueSettings.defaults();
    private static final int MANY = 1_000_000;

    public static final Key<String> HOST =
            Key.of(
                    "host",
                    TEXT,
                    SERVER.host(),
                    "The address to listen on. `0.0.0.0` is every address of this machine.");
    public static final Key<Integer> PORT_NUMBER =
            Key.of("port", PORT, SERVER.port(), "The port to listen on. 0 takes a free one.");
    public static final Key<Path> DATA =
            Key.optional(
                    "data",
                    PATH,
                    "/var/lib/netsentinel",
                    "The data directory: events, users and keys. The default is the folder `data`"
                            + " beside `bin`.");
    public static final Key<String> NODE =
            Key.of("node", TEXT, STREAMS.node(), "This server's name, told to clients.");
    public static final Key<URI> PUBLIC_URL =
            Key.optional(
                    "public-url",
                    URL,
                    "https://sentinel.example.org",
                    "The address people use, when a proxy or another name stands in front of the"
                            + " server.");
    public static final Key<List<String>> ALLOWED_HOSTS =
            Key.of(
                    "allowed-hosts",
                    TEXTS,
                    SERVER.names().hosts(),
                    "Further host names the server answers to, without ports. Loopback names, the"
                            + " address a connection came in on and the host of `public-url` are always"
                            + " allowed.");
    public static final Key<List<String>> ALLOWED_ORIGINS =
            Key.of(
                    "allowed-origins",
                    TEXTS,
                    SERVER.names().origins(),
                    "Further origins, such as `https://soc.example.org:8443`, whose pages may use a"
                            + " session here.");
    public static final Key<List<String>> TRUSTED_PROXIES =
            Key.of(
                    "trusted-proxies",
                    TEXTS,
                    SERVER.names().proxies(),
                    "Addresses or networks, such as `10.0.0.0/8`, whose `X-Forwarded-*` headers are"
                            + " believed.");
    public static final Key<Path> TLS_CERTIFICATE =
            Key.optional(
                    "tls.certificate",
                    PATH,
                    "/etc/netsentinel/chain.pem",
                    "The certificate chain (PEM, the server's own first). With it and `tls.key` the"
                            + " server speaks HTTPS; both files are read again when they change.");
    public static final Key<Path> TLS_KEY =
            Key.optional(
                    "tls.key",
                    PATH,
                    "/etc/netsentinel/key.pem",
                    "The unencrypted private key (PEM, PKCS #8).");
    public static final Key<Boolean> ALLOW_PLAINTEXT =
            Key.of(
                    "allow-plaintext",
                    FLAG,
                    SERVER.allowPlaintext(),
                    "Listening beyond this machine's own loopback address without TLS is refused,"
                            + " because passwords would cross the network readable. `true` allows it,"
                            + " for example behind a proxy that does TLS.");

    public static final Key<Boolean> CONFORMANCE_ECHO =
            Key.of(
                    "conformance-echo",
                    FLAG,
                    SERVER.conformanceEcho(),
                    "For WebSocket conformance suites: `true` opens `/echo`, which sends every"
                            + " message back without a sign-in, up to 16 MiB. Refused unless the server"
                            + " listens on loopback.");

    public static final Key<Boolean> PERMESSAGE_DEFLATE =
            Key.of(
                    "websocket.permessage-deflate",
                    FLAG,
                    SERVER.permessageDeflate(),
                    "`true` compresses WebSocket messages from 512 bytes on for clients that offer permessage-deflate (RFC 7692), as browsers do: for more processor time an event takes about two thirds of its bytes, a batch of events a fifth. What a client sends may be up to ten times `limits.frame-size` after decompression.");

    public static final Key<String> SOURCE_PATH =
            Key.optional(
                    "sources.*.path",
                    TEXT,
                    "/var/log/suricata/eve.json",
                    "The file to follow, or a pattern such as `/var/log/suricata/eve.*.json`.");

    public static final Key<String> SOURCE_FORMAT =
            Key.optional(
                    "sources.*.format",
                    TEXT,
                    "eve",
                    "What its lines are: `eve` (the default) for Suricata, `event` for events as"
                            + " NetSentinel itself writes them.");
    public static final Key<SourceSettings.Start> SOURCE_START =
            Key.optional(
                    "sources.*.start",
                    choice(SourceSettings.Start.class),
                    "begin",
                    "Where to begin when the source is new: `begin` (the default) with what is in"
                            + " the file already, `end` with what comes.");
    public static final Key<Long> SOURCE_MAX_LINE =
            Key.optional(
                    "sources.*.max-line",
                    SIZE,
                    "1MiB",
                    "The longest line, 1KiB to 8MiB (default 1MiB). A longer one is skipped and"
                            + " counted.");
    public static final Key<List<String>> SOURCE_ROOTS =
            Key.optional(
                    "sources.*.roots",
                    TEXTS,
                    "/var/log/suricata",
                    "Folders the file must lie in after links are followed. Without it,"
                            + " everywhere.");

    public static final Key<Duration> MAX_AGE =
            Key.of("retention.max-age", DURATION, LOG.maxAge(), "How long events are kept.");
    public static final Key<Long> MAX_DISK =
            Key.of(
                    "retention.max-disk",
                    SIZE,
                    LOG.maxDiskBytes(),
                    "The most disk space events may take; the oldest go first.");
    public static final Key<Long> RESERVE =
            Key.of(
                    "retention.reserve",
                    SIZE,
                    LOG.reserveBytes(),
                    "Space left free on the disk. Below it, or below 5 % of the disk if that is"
                            + " less, nothing more is accepted until there is space again.");
    public static final Key<Duration> MAX_AGE_OF_CHANNEL =
            Key.optional(
                    "retention.channels.*",
                    DURATION,
                    "90d",
                    "How long the events of one channel are kept. Without a value of their own,"
                            + " `alerts`, `threats` and `incidents` are kept 90 days and `audit` a"
                            + " year.");

    public static final Key<Duration> LATENCY =
            Key.of(
                    "delivery.latency",
                    DURATION,
                    HUB.policy().latency(),
                    "How long an event may wait to be sent together with others, at most 1s. An idle channel never waits; a busy one the longer, the more subscribers it has.");

    public static final Key<Duration> SESSION_IDLE =
            Key.of(
                    "auth.session-idle",
                    DURATION,
                    AUTH.sessionIdle(),
                    "A session ends after this time without a request or an open page.");
    public static final Key<Duration> SESSION_MAX =
            Key.of(
                    "auth.session-max",
                    DURATION,
                    AUTH.sessionMax(),
                    "A session ends after this time in any case.");
    public static final Key<Integer> SESSIONS_PER_USER =
            Key.of(
                    "auth.sessions-per-user",
                    count("a number", 1, MANY),
                    AUTH.sessionsPerUser(),
                    "When a user signs in more often, the oldest session ends.");
    public static final Key<Duration> TOKEN_MAX =
            Key.of("auth.token-max", DURATION, AUTH.tokenMax(), "The longest life of a token.");
    public static final Key<List<ChannelGrant>> CHANNELS_OF_VIEWER =
            Key.optional(
                    "auth.channels.viewer",
                    GRANTS,
                    "alerts, lab.*:subscribe+history",
                    "The only channels a viewer may use: names or patterns, after a colon what for"
                            + " (`subscribe`, `history`, `publish`, `ack`, joined by `+`). Without it,"
                            + " all the role may.");
    public static final Key<List<ChannelGrant>> CHANNELS_OF_ANALYST =
            Key.optional(
                    "auth.channels.analyst",
                    GRANTS,
                    "alerts, threats, incidents",
                    "The same for an analyst.");
    public static final Key<List<ChannelGrant>> CHANNELS_OF_SENSOR =
            Key.optional(
                    "auth.channels.sensor",
                    GRANTS,
                    "network, alerts, threats, packets",
                    "The same for a sensor.");
    public static final Key<Filter> ROWS_OF_VIEWER =
            Key.optional(
                    "auth.rows.viewer",
                    FILTER,
                    "not source.ip in 10.9.0.0/16",
                    "The only events a viewer sees, as a filter on addresses, ports, countries,"
                            + " rule, sensor, module or severity. Without it, all.");
    public static final Key<Filter> ROWS_OF_ANALYST =
            Key.optional(
                    "auth.rows.analyst",
                    FILTER,
                    "observer.name = \"dmz\"",
                    "The same for an analyst.");
    public static final Key<Duration> LEEWAY =
            Key.of(
                    "auth.leeway",
                    DURATION,
                    AUTH.leeway(),
                    "How far clocks may differ when the times in a token are checked, at most"
                            + " 60s.");
    public static final Key<Integer> ATTEMPTS_PER_USER_AND_ADDRESS =
            Key.of(
                    "auth.attempts-per-user-and-address",
                    count("a number", 1, MANY),
                    AUTH.attemptsPerUserAndAddress(),
                    "Failed sign-ins of one user from one address before it must wait; one more is"
                            + " given back every 30 s.");
    public static final Key<Integer> ATTEMPTS_PER_ADDRESS =
            Key.of(
                    "auth.attempts-per-address",
                    count("a number", 1, MANY),
                    AUTH.attemptsPerAddress(),
                    "The same for an address, whatever the user; one more every 10 s.");
    public static final Key<Integer> ATTEMPTS_PER_USER =
            Key.of(
                    "auth.attempts-per-user",
                    count("a number", 1, MANY),
                    AUTH.attemptsPerUser(),
                    "The same for a user, whatever the address; one more every 10 s.");

    public static final Key<Integer> CONNECTIONS =
            Key.of(
                    "limits.connections",
                    count("a number", 1, MANY),
                    SERVER.limits().connections(),
                    "Open connections; the operating system's limit of open files may lower it.");
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
    public static final Key<Long> BODY =
            Key.of(
                    "limits.body",
                    SIZE,
                    SERVER.limits().body(),
                    "The largest request body, except where events are sent in.");
    public static final Key<Long> FRAME_SIZE =
            Key.of(
                    "limits.frame-size",
                    SIZE,
                    (long) STREAMS.limits().frameSize(),
                    "The largest WebSocket frame and message from a client.");
    public static final Key<Integer> SUBSCRIPTIONS =
            Key.of(
                    "limits.subscriptions",
                    count("a number", 1, MANY),
                    STREAMS.limits().subscriptions(),
                    "Subscriptions of a WebSocket connection; a pattern counts once.");
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
    public static final Key<Integer> CONNECT_RATE_PER_ADDRESS =
            Key.of(
                    "limits.connect-rate-per-address",
                    count("a number", 1, MANY),
                    STREAMS.limits().connectRatePerAddress(),
                    "WebSocket connections opened in a second from one address. Loopback and"
                            + " `trusted-proxies` have no limits per address.");
    public static final Key<Integer> CONNECTIONS_PER_ADDRESS =
            Key.of(
                    "limits.connections-per-address",
                    count("a number", 1, MANY),
                    STREAMS.limits().connectionsPerAddress(),
                    "Open WebSocket connections from one address.");
    public static final Key<Integer> CONNECTIONS_PER_USER =
            Key.of(
                    "limits.connections-per-user",
                    count("a number", 1, MANY),
                    STREAMS.limits().connectionsPerUser(),
                    "Open WebSocket connections of one user or token name.");
    public static final Key<Integer> VIEWS_PER_USER =
            Key.of(
                    "limits.views-per-user",
                    count("a number", 1, MANY),
                    STREAMS.limits().viewsPerUser(),
                    "Different views (channel, filter and format) of one user.");
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

    public static final Key<Duration> CURSOR_MAX_IDLE =
            Key.of(
                    "queues.cursor-max-idle",
                    DURATION,
                    QUEUES.cursorMaxIdle(),
                    "How long a durable subscription is kept that nobody comes back to.");
    public static final Key<Duration> CLIENT_MAX_IDLE =
            Key.of(
                    "queues.client-max-idle",
                    DURATION,
                    QUEUES.clientMaxIdle(),
                    "How long a client is remembered that does not come back and has no messages waiting.");
    public static final Key<Integer> CURSORS_PER_USER =
            Key.of(
                    "queues.cursors-per-user",
                    count("a number", 1, MANY),
                    QUEUES.cursorsPerUser(),
                    "Durable subscriptions of one user.");
    public static final Key<Integer> CURSORS =
            Key.of(
                    "queues.cursors",
                    count("a number", 1, MANY),
                    QUEUES.cursors(),
                    "Durable subscriptions of all users together.");
    public static final Key<Duration> MESSAGE_TTL =
            Key.of(
                    "queues.message-ttl",
                    DURATION,
                    QUEUES.inboxes().ttl(),
                    "How long a direct message is kept that does not say so itself.");
    public static final Key<Integer> MESSAGES_PER_CLIENT =
            Key.of(
                    "queues.messages-per-client",
                    count("a number", 1, MANY),
                    QUEUES.inboxes().messagesPerClient(),
                    "Direct messages kept for one client.");
    public static final Key<Integer> MESSAGES =
            Key.of(
                    "queues.messages",
                    count("a number", 1, MANY),
                    QUEUES.inboxes().messages(),
                    "Direct messages kept for all clients together.");
    public static final Key<Long> MESSAGE_BYTES =
            Key.of(
                    "queues.message-bytes",
                    SIZE,
                    QUEUES.inboxes().bytes(),
                    "Disk space of all direct messages together.");

    public static final Key<LogLevel> LOG_LEVEL =
            Key.of(
                    "log.level",
                    choice(LogLevel.class),
                    LogLevel.INFO,
                    "How much is logged, to standard error.");
    public static final Key<LogFormat> LOG_FORMAT =
            Key.of(
                    "log.format",
                    choice(LogFormat.class),
                    LogFormat.TEXT,
                    "How log lines look: for people, or one JSON object each.");

    static final List<Section> SECTIONS =
            List.of(
                    Section.of(
                            "Server",
                            "Where the server listens, under which names, and where it keeps its"
                                    + " data.",
                            HOST,
                            PORT_NUMBER,
                            DATA,
                            NODE,
                            PUBLIC_URL,
                            ALLOWED_HOSTS,
                            ALLOWED_ORIGINS,
                            TRUSTED_PROXIES,
                            TLS_CERTIFICATE,
                            TLS_KEY,
                            ALLOW_PLAINTEXT,
                            CONFORMANCE_ECHO,
                            PERMESSAGE_DEFLATE),
                    Section.of(
                            "Sources",
                            "Where events come from. Each source has a name of your choice.",
                            SOURCE_PATH,
                            SOURCE_FORMAT,
                            SOURCE_START,
                            SOURCE_MAX_LINE,
                            SOURCE_ROOTS),
                    Section.of(
                            "Retention",
                            "How long and how much is kept.",
                            MAX_AGE,
                            MAX_DISK,
                            RESERVE,
                            MAX_AGE_OF_CHANNEL),
                    Section.of("Delivery", "How events are sent to subscribers.", LATENCY),
                    Section.of(
                            "Channels",
                            "How channels are treated, each by its name.",
                            ChannelKeys.ON_LAG,
                            ChannelKeys.LAG_AFTER,
                            ChannelKeys.KEY,
                            ChannelKeys.PRESENCE,
                            ChannelKeys.PRIORITY,
                            ChannelKeys.LATENCY),
                    Section.of(
                            "Incidents",
                            "How alerts and findings that belong together become incidents.",
                            IncidentKeys.WINDOW,
                            IncidentKeys.SCORE,
                            IncidentKeys.REPEATS,
                            IncidentKeys.MOST_OPEN,
                            IncidentKeys.SHARED_HOSTS),
                    Section.of(
                            "Sign-in",
                            "How long sessions and tokens last, how hard guessing is made, what"
                                    + " narrows a role, and whose tokens are accepted besides the"
                                    + " server's own.",
                            SESSION_IDLE,
                            SESSION_MAX,
                            SESSIONS_PER_USER,
                            TOKEN_MAX,
                            LEEWAY,
                            ATTEMPTS_PER_USER_AND_ADDRESS,
                            ATTEMPTS_PER_ADDRESS,
                            ATTEMPTS_PER_USER,
                            CHANNELS_OF_VIEWER,
                            CHANNELS_OF_ANALYST,
                            CHANNELS_OF_SENSOR,
                            ROWS_OF_VIEWER,
                            ROWS_OF_ANALYST,
                            JwksKeys.KEY_FILE,
                            JwksKeys.ADDRESS,
                            JwksKeys.ISSUER,
                            JwksKeys.AUDIENCE,
                            JwksKeys.USER_CLAIM,
                            JwksKeys.ROLE_CLAIM,
                            JwksKeys.ROLES,
                            JwksKeys.DEFAULT_ROLE,
                            JwksKeys.CHANNELS_CLAIM,
                            JwksKeys.ROWS_CLAIM,
                            JwksKeys.TYPES,
                            JwksKeys.RSA_ALGORITHM,
                            JwksKeys.REFRESH,
                            JwksKeys.REFETCH,
                            JwksKeys.TIMEOUT),
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
                            PING_INTERVAL),
                    Section.of(
                            "Queues",
                            "What is kept for clients while they are away.",
                            CURSOR_MAX_IDLE,
                            CURSORS_PER_USER,
                            CURSORS,
                            CLIENT_MAX_IDLE,
                            MESSAGE_TTL,
                            MESSAGES_PER_CLIENT,
                            MESSAGES,
                            MESSAGE_BYTES),
                    Section.of(
                            "Log of the server",
                            "What the server says about itself.",
                            LOG_LEVEL,
                            LOG_FORMAT));

    private Keys() {}

    static List<Key<?>> all() {
        return SECTIONS.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
    }
}
