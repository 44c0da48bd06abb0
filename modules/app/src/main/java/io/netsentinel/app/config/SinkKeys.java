package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.CONDITION;
import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.PATTERNS;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.choice;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.integrations.Kinds;
import io.netsentinel.integrations.SinkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The settings under `sinks`: where events are sent to. These are those of every kind; the kinds
/// bring their own along.
public final class SinkKeys {
    /// What they stand below.
    public static final String PARENT = "sinks";

    private static final int MOST_RECORDS = 1_000;

    public static final Key<String> KIND =
            Key.optional(
                    "sinks.*.kind",
                    TEXT,
                    "syslog",
                    "What it is: "
                            + KindList.text(Kinds.sinks())
                            + ". `elasticsearch` is OpenSearch too.");
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

    /// What can be said of every kind.
    public static final List<Key<?>> OF_EVERY_KIND =
            List.of(KIND, CHANNELS, FILTER, START, RECORDS, BYTES, LINGER, TIMEOUT, LONGEST_RETRY);

    static final Section SECTION =
            Section.of(
                    "Sinks",
                    "Where events are sent to. Each sink has a name of your choice; see the pages on sinks.",
                    all());

    private SinkKeys() {}

    private static List<Key<?>> all() {
        List<Key<?>> keys = new ArrayList<>(OF_EVERY_KIND);
        keys.addAll(OptionKeys.of(PARENT, Kinds.sinks()));
        return keys;
    }
}
