package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.PORT;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.TEXT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Every setting there is. The commented file, the reference and the checks are made from this
/// list.
public final class Keys {
    public static final Key<String> HOST =
            Key.of(
                    "host",
                    TEXT,
                    "127.0.0.1",
                    "The address to listen on. `0.0.0.0` is every address of this machine.");

    public static final Key<Integer> PORT_NUMBER =
            Key.of("port", PORT, 8082, "The port to listen on. 0 takes a free one.");

    public static final Key<Path> DATA =
            Key.optional(
                    "data",
                    PATH,
                    "/var/lib/netsentinel",
                    "The data directory: the log, users and keys. The default is the folder `data` beside `bin`.");

    public static final Key<String> SOURCE_PATH =
            Key.optional(
                    "sources.*.path",
                    TEXT,
                    "/var/log/suricata/eve.json",
                    "The file to follow, or a pattern such as `/var/log/suricata/eve.*.json`.");

    public static final Key<Duration> MAX_AGE =
            Key.of("retention.max-age", DURATION, Duration.ofDays(7), "How long events are kept.");

    public static final Key<Duration> MAX_AGE_OF_CHANNEL =
            Key.optional(
                    "retention.channels.*",
                    DURATION,
                    "90d",
                    "How long the events of one channel are kept. Without a value of their own, `alerts`, `threats` and `incidents` are kept 90 days and `audit` a year.");

    public static final Key<Long> MAX_DISK =
            Key.of(
                    "retention.max-disk",
                    SIZE,
                    10L << 30,
                    "The most disk space the log may take; the oldest events go first.");

    public static final Key<Boolean> ALLOW_PLAINTEXT =
            Key.of(
                    "allow-plaintext",
                    FLAG,
                    false,
                    "Listening on anything but this machine's own loopback address without TLS is refused, because passwords would cross the network readable. `true` allows it, for example behind a proxy that does TLS.");

    static final List<Section> SECTIONS =
            List.of(
                    Section.of(
                            "Server",
                            "Where the server listens and keeps its data.",
                            HOST,
                            PORT_NUMBER,
                            DATA,
                            ALLOW_PLAINTEXT),
                    Section.of(
                            "Sources",
                            "Where events come from. Each source has a name of your choice in place of `*`.",
                            SOURCE_PATH),
                    Section.of(
                            "Retention",
                            "How long and how much is kept.",
                            MAX_AGE,
                            MAX_DISK,
                            MAX_AGE_OF_CHANNEL));

    private Keys() {}

    static List<Key<?>> all() {
        return SECTIONS.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();
    }
}
