package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.choice;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.channels.Encryption;
import io.netsentinel.channels.Lag;
import java.time.Duration;

/// The settings under `channels`: how single channels are treated.
public final class ChannelKeys {
    public static final Key<Lag> ON_LAG =
            Key.optional(
                    "channels.*.on-lag",
                    choice(Lag.class),
                    "sample",
                    "What a subscriber of the channel gets that cannot keep up: `lag` (the default)"
                            + " everything later, `coalesce` the latest event of each `key`, `sample`"
                            + " (the default of `packets`) an even part and all of priority 2 and 3."
                            + " What is left out is declared by a `gap`.");
    public static final Key<Duration> LAG_AFTER =
            Key.optional(
                    "channels.*.lag-after",
                    DURATION,
                    "2s",
                    "How long a subscriber may be behind before that begins (default 2s).");
    public static final Key<String> KEY =
            Key.optional(
                    "channels.*.key",
                    TEXT,
                    "host.name",
                    "Makes it a state channel: an event takes the place of the earlier one with the"
                            + " same value in this field, and a new subscriber gets the latest of each"
                            + " value first.");
    public static final Key<Boolean> PRESENCE =
            Key.optional(
                    "channels.*.presence",
                    FLAG,
                    "true",
                    "Whether its subscribers may know of each other: the command `presence`,"
                            + " notices `join` and `leave` (default false).");
    public static final Key<Integer> PRIORITY =
            Key.optional(
                    "channels.*.priority",
                    count("a priority", 0, 3),
                    "2",
                    "Its share of a connection that is busy with several channels; each step"
                            + " doubles it. 1 is usual, `alerts`, `threats` and `incidents` have 2,"
                            + " `packets` has 0.");
    public static final Key<Duration> LATENCY =
            Key.optional(
                    "channels.*.latency",
                    DURATION,
                    "20ms",
                    "How long an event may wait to be sent together with others when the channel"
                            + " has many subscribers, at most 1s (default 20ms).");

    public static final Key<Encryption> ENCRYPTION =
            Key.optional(
                    "channels.*.encryption",
                    choice(Encryption.class),
                    "required",
                    "`required`: over WebSocket its events go only to, and come only from, clients"
                            + " that encrypt their messages end to end (see protocol.md), and"
                            + " `GET /api/events` does not give them out. Pages and sinks are not"
                            + " affected (default `optional`).");

    static final Section SECTION =
            Section.of(
                    "Channels",
                    "How channels are treated, each by its name.",
                    ON_LAG,
                    LAG_AFTER,
                    KEY,
                    PRESENCE,
                    PRIORITY,
                    LATENCY,
                    ENCRYPTION);

    private ChannelKeys() {}
}
