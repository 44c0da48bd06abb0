package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.CONDITION;
import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.PATTERNS;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.choice;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.integrations.SinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The settings under `sinks`: where events are sent to.
///
/// Of two names of which one ends with the other, such as `hidden-url` and `url`, the longer one
/// stands first: that is how an environment variable is told apart.
public final class SinkKeys {
    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_KEPT = 10_000;
    private static final int LAST_FACILITY = 23;

    public static final Key<String> KIND =
            Key.optional(
                    "sinks.*.kind",
                    TEXT,
                    "syslog",
                    "What it is: `file`, `syslog`, `elasticsearch` (OpenSearch too), `splunk` or"
                            + " `webhook`.");
    public static final Key<List<ChannelPattern>> CHANNELS =
            Key.optional(
                    "sinks.*.channels",
                    PATTERNS,
                    "alerts, incidents",
                    "The channels it sends, names or patterns such as `lab.*` (default `alerts`).");
    public static final Key<Filter> FILTER =
            Key.optional(
                    "sinks.*.filter",
                    CONDITION,
                    "severity >= high",
                    "It sends only events that meet this condition. Without it, all.");
    public static final Key<SinkSettings.Start> START =
            Key.optional(
                    "sinks.*.start",
                    choice(SinkSettings.Start.class),
                    "end",
                    "Where a new sink begins: `end` (the default) with what comes, `begin` with the"
                            + " oldest event that is kept.");
    public static final Key<Integer> RECORDS =
            Key.optional(
                    "sinks.*.batch-records",
                    count("a number", 1, MOST_RECORDS),
                    "500",
                    "The most events of a batch (default 500). A slow target gets fewer.");
    public static final Key<Long> BYTES =
            Key.optional(
                    "sinks.*.batch-size",
                    SIZE,
                    "1MiB",
                    "The most bytes of a batch as stored, up to 16MiB (default 1MiB).");
    public static final Key<Duration> LINGER =
            Key.optional(
                    "sinks.*.linger",
                    DURATION,
                    "200ms",
                    "How long an event may wait to be sent together with others (default 200ms).");
    public static final Key<Duration> TIMEOUT =
            Key.optional(
                    "sinks.*.timeout",
                    DURATION,
                    "30s",
                    "How long one delivery may take (default 30s); then it is given up and made"
                            + " again, smaller.");
    public static final Key<Duration> LONGEST_RETRY =
            Key.optional(
                    "sinks.*.longest-retry",
                    DURATION,
                    "1m",
                    "The longest time between two attempts while the target takes nothing (default"
                            + " 1m).");
    public static final Key<Boolean> RAW =
            Key.optional(
                    "sinks.*.raw",
                    FLAG,
                    "true",
                    "Whether the sensor's own line, the field `raw`, is sent along (default true).");

    public static final Key<Path> FILE_PATH =
            Key.optional(
                    "sinks.*.path",
                    PATH,
                    "/var/log/netsentinel/alerts.ndjson",
                    "`file`: the file to append to. Its folder must exist.");
    public static final Key<Long> ROTATE_SIZE =
            Key.optional(
                    "sinks.*.rotate-size",
                    SIZE,
                    "100MiB",
                    "`file`: it is put aside before it is larger than this (default 100MiB).");
    public static final Key<Integer> ROTATE_KEEP =
            Key.optional(
                    "sinks.*.rotate-keep",
                    count("a number", 0, MOST_KEPT),
                    "10",
                    "`file`: how many of those put aside are kept (default 10).");

    public static final Key<String> HIDDEN_URL =
            Key.secret(
                    "sinks.*.hidden-url",
                    TEXT,
                    "https://chat.example.org/hooks/0a1b2c",
                    "`webhook`: the address as a secret, instead of `url`; those of chat tools are"
                            + " one.");
    public static final Key<String> URL =
            Key.optional(
                    "sinks.*.url",
                    TEXT,
                    "tls://siem.example.org:6514",
                    "The target. `syslog`: `udp://`, `tcp://` or `tls://`, host and port; all others"
                            + " `https://` or `http://`.");
    public static final Key<Path> CA =
            Key.optional(
                    "sinks.*.ca",
                    PATH,
                    "/etc/netsentinel/siem-ca.pem",
                    "The only certificate authorities (PEM) the target's certificate may come from."
                            + " Without it, those Java knows.");
    public static final Key<Path> CERTIFICATE =
            Key.optional(
                    "sinks.*.certificate",
                    PATH,
                    "/etc/netsentinel/client.pem",
                    "The sink's own certificate chain (PEM), for targets that ask for one.");
    public static final Key<Path> PRIVATE_KEY =
            Key.optional(
                    "sinks.*.key",
                    PATH,
                    "/etc/netsentinel/client-key.pem",
                    "Its unencrypted private key (PEM, PKCS #8).");

    public static final Key<String> PAYLOAD =
            Key.optional(
                    "sinks.*.payload",
                    TEXT,
                    "json",
                    "`syslog`: what the messages hold: `json` (the default), `cef` or `leef`.");
    public static final Key<Integer> FACILITY =
            Key.optional(
                    "sinks.*.facility",
                    count("a number", 0, LAST_FACILITY),
                    "16",
                    "`syslog`: the facility (default 16, local0).");
    public static final Key<String> APP_NAME =
            Key.optional(
                    "sinks.*.app-name",
                    TEXT,
                    "netsentinel",
                    "`syslog`: the name in the messages (default `netsentinel`).");
    public static final Key<Boolean> CONFIRM =
            Key.optional(
                    "sinks.*.confirm",
                    FLAG,
                    "true",
                    "`syslog` over TCP and TLS: whether each batch is a connection that the receiver"
                            + " closes when it has read everything (default true). With `false` one"
                            + " connection is kept, and what is in buffers when it breaks is lost.");

    public static final Key<String> INDEX =
            Key.optional(
                    "sinks.*.index",
                    TEXT,
                    "netsentinel-{channel}",
                    "`elasticsearch`: the index or data stream, `{channel}` is the event's channel"
                            + " (default `netsentinel-{channel}`). `splunk`: the index; without it, the"
                            + " token's.");
    public static final Key<String> USERNAME =
            Key.optional(
                    "sinks.*.username",
                    TEXT,
                    "netsentinel",
                    "`elasticsearch`: the user, with `password`.");
    public static final Key<String> PASSWORD =
            Key.secret(
                    "sinks.*.password",
                    TEXT,
                    "correct-horse-battery",
                    "`elasticsearch`: the user's password.");
    public static final Key<String> TOKEN =
            Key.secret(
                    "sinks.*.token",
                    TEXT,
                    "12345678-1234-1234-1234-123456789012",
                    "`splunk`: the token of the event collector. `elasticsearch`: an API key.");
    public static final Key<String> SOURCETYPE =
            Key.optional(
                    "sinks.*.sourcetype",
                    TEXT,
                    "netsentinel:event",
                    "`splunk`: the source type (default `netsentinel:event`).");

    public static final Key<String> TEMPLATE =
            Key.optional(
                    "sinks.*.template",
                    TEXT,
                    "json",
                    "`webhook`: what is posted: `json` (the default), or a message for people for"
                            + " `slack`, `mattermost`, `teams` or `discord`.");
    public static final Key<String> SIGNING_SECRET =
            Key.secret(
                    "sinks.*.signing-secret",
                    TEXT,
                    "a-long-text-nobody-can-guess",
                    "`webhook`: the key of the signature (HMAC-SHA256), at least 16 bytes. Without"
                            + " it, nothing is signed.");
    public static final Key<Boolean> ALLOW_LOCAL =
            Key.optional(
                    "sinks.*.allow-local",
                    FLAG,
                    "false",
                    "`webhook`: whether the target may be this machine itself, a link-local address"
                            + " or a cloud's metadata service (default false).");

    static final Section SECTION =
            Section.of(
                    "Sinks",
                    "Where events are sent to. Each sink has a name of your choice; see the pages on sinks.",
                    all());

    private SinkKeys() {}

    /// All of them, in the order of the reference; the first ones are for every kind.
    public static List<Key<?>> all() {
        return List.of(
                KIND,
                CHANNELS,
                FILTER,
                START,
                RECORDS,
                BYTES,
                LINGER,
                TIMEOUT,
                LONGEST_RETRY,
                RAW,
                HIDDEN_URL,
                URL,
                CA,
                CERTIFICATE,
                PRIVATE_KEY,
                FILE_PATH,
                ROTATE_SIZE,
                ROTATE_KEEP,
                PAYLOAD,
                FACILITY,
                APP_NAME,
                CONFIRM,
                INDEX,
                USERNAME,
                PASSWORD,
                TOKEN,
                SOURCETYPE,
                TEMPLATE,
                SIGNING_SECRET,
                ALLOW_LOCAL);
    }
}
