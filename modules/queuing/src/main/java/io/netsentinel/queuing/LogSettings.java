package io.netsentinel.queuing;

import java.time.Duration;
import java.util.Map;

/// Settings of the log.
///
/// @param durability what an acknowledged event survives
/// @param groupSize most entries in one commit, 1 to 10,000
/// @param groupDelay how long a group may wait for more entries while entries keep coming; an idle
///   log never waits
/// @param queueEvents most entries waiting for their commit before appends fail with
///   [QueueFullException]
/// @param queueBytes most payload bytes waiting for their commit
/// @param segmentEvents a new segment file is begun after so many events
/// @param segmentBytes … or when the file is about this large
/// @param segmentAge … or this old
/// @param maxAge how long events are kept
/// @param maxAgeByChannel channels kept shorter or longer than that
/// @param maxDiskBytes most disk space for the log; the oldest events go first
/// @param reserveBytes free space left on the disk: below it (or 5 % of the disk, if that is less)
///   appends are refused
/// @param keyAge how long idempotency keys are remembered
public record LogSettings(
        Durability durability,
        int groupSize,
        Duration groupDelay,
        int queueEvents,
        long queueBytes,
        long segmentEvents,
        long segmentBytes,
        Duration segmentAge,
        Duration maxAge,
        Map<String, Duration> maxAgeByChannel,
        long maxDiskBytes,
        long reserveBytes,
        Duration keyAge) {

    private static final long MIB = 1024 * 1024;
    private static final int LARGEST_GROUP = 10_000;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public LogSettings {
        maxAgeByChannel = Map.copyOf(maxAgeByChannel);
        check(
                "group-size",
                groupSize >= 1 && groupSize <= LARGEST_GROUP,
                "must be 1 to " + LARGEST_GROUP);
        check("group-delay", !groupDelay.isNegative(), "must not be negative");
        check("queue-events", queueEvents >= groupSize, "must be at least group-size");
        check(
                "queue-bytes",
                queueBytes >= Entry.MAX_PAYLOAD,
                "must be at least " + Entry.MAX_PAYLOAD);
        check("segment-events", segmentEvents >= 1, "must be at least 1");
        check("segment-bytes", segmentBytes >= MIB, "must be at least 1 MiB");
        check("segment-age", segmentAge.isPositive(), "must be positive");
        check("max-age", maxAge.isPositive(), "must be positive");
        check(
                "max-age",
                maxAgeByChannel.values().stream().allMatch(Duration::isPositive),
                "must be positive");
        check("max-disk", maxDiskBytes >= 16 * MIB, "must be at least 16 MiB");
        check("reserve", reserveBytes >= 0, "must not be negative");
        check("key-age", keyAge.isPositive(), "must be positive");
    }

    /// Groups of 1,000 entries or 5 ms, segments of a million events, 512 MiB or 6 hours, 7 days
    /// kept (alerts, threats and incidents 90 days, audit a year) within 10 GiB.
    public static LogSettings defaults() {
        return new LogSettings(
                Durability.PROCESS,
                1_000,
                Duration.ofMillis(5),
                100_000,
                128 * MIB,
                1_000_000,
                512 * MIB,
                Duration.ofHours(6),
                Duration.ofDays(7),
                Map.of(
                        "alerts", Duration.ofDays(90),
                        "threats", Duration.ofDays(90),
                        "incidents", Duration.ofDays(90),
                        "audit", Duration.ofDays(365)),
                10 * 1024 * MIB,
                256 * MIB,
                Duration.ofHours(24));
    }

    /// How long events of a channel are kept.
    public Duration maxAge(String channel) {
        return maxAgeByChannel.getOrDefault(channel, maxAge);
    }

    /// The same settings with another durability.
    public LogSettings withDurability(Durability value) {
        return new LogSettings(
                value,
                groupSize,
                groupDelay,
                queueEvents,
                queueBytes,
                segmentEvents,
                segmentBytes,
                segmentAge,
                maxAge,
                maxAgeByChannel,
                maxDiskBytes,
                reserveBytes,
                keyAge);
    }

    /// The same settings with other group commits.
    public LogSettings withGroups(int size, Duration delay) {
        return new LogSettings(
                durability,
                size,
                delay,
                queueEvents,
                queueBytes,
                segmentEvents,
                segmentBytes,
                segmentAge,
                maxAge,
                maxAgeByChannel,
                maxDiskBytes,
                reserveBytes,
                keyAge);
    }

    /// The same settings with another queue of waiting appends.
    public LogSettings withQueue(int events, long bytes) {
        return new LogSettings(
                durability,
                groupSize,
                groupDelay,
                events,
                bytes,
                segmentEvents,
                segmentBytes,
                segmentAge,
                maxAge,
                maxAgeByChannel,
                maxDiskBytes,
                reserveBytes,
                keyAge);
    }

    /// The same settings with other segments.
    public LogSettings withSegments(long events, long bytes, Duration age) {
        return new LogSettings(
                durability,
                groupSize,
                groupDelay,
                queueEvents,
                queueBytes,
                events,
                bytes,
                age,
                maxAge,
                maxAgeByChannel,
                maxDiskBytes,
                reserveBytes,
                keyAge);
    }

    /// The same settings with another retention by age.
    public LogSettings withMaxAge(Duration age, Map<String, Duration> byChannel) {
        return new LogSettings(
                durability,
                groupSize,
                groupDelay,
                queueEvents,
                queueBytes,
                segmentEvents,
                segmentBytes,
                segmentAge,
                age,
                byChannel,
                maxDiskBytes,
                reserveBytes,
                keyAge);
    }

    /// The same settings with other disk limits.
    public LogSettings withDisk(long maxBytes, long reserve) {
        return new LogSettings(
                durability,
                groupSize,
                groupDelay,
                queueEvents,
                queueBytes,
                segmentEvents,
                segmentBytes,
                segmentAge,
                maxAge,
                maxAgeByChannel,
                maxBytes,
                reserve,
                keyAge);
    }

    /// The same settings with another memory for idempotency keys.
    public LogSettings withKeyAge(Duration age) {
        return new LogSettings(
                durability,
                groupSize,
                groupDelay,
                queueEvents,
                queueBytes,
                segmentEvents,
                segmentBytes,
                segmentAge,
                maxAge,
                maxAgeByChannel,
                maxDiskBytes,
                reserveBytes,
                age);
    }

    private static void check(String name, boolean fine, String rule) {
        if (!fine) {
            throw new IllegalArgumentException(name + " " + rule);
        }
    }
}
