package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.SIZE;

import io.netsentinel.queuing.LogSettings;
import java.time.Duration;

/// The settings under `retention`: how long and how much is kept.
public final class RetentionKeys {
    private static final LogSettings LOG = LogSettings.defaults();

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

    static final Section SECTION =
            Section.of(
                    "Retention",
                    "How long and how much is kept.",
                    MAX_AGE,
                    MAX_DISK,
                    RESERVE,
                    MAX_AGE_OF_CHANNEL);

    private RetentionKeys() {}
}
