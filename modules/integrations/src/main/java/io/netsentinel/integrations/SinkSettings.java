package io.netsentinel.integrations;

import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.integrations.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A configured sink.
///
/// @param name its name, `[a-zA-Z0-9._-]{1,64}`; how far it is stands under it, so a sink with
///   another name is another sink
/// @param kind what it is, for example `syslog`
/// @param channels the channels it reads
/// @param filter what it sends; everything without one
/// @param start where it begins in a channel that is new to it
/// @param pace how much and how often
/// @param options what else its kind wants to know
public record SinkSettings(
        String name,
        String kind,
        List<ChannelPattern> channels,
        Optional<Filter> filter,
        Start start,
        Pace pace,
        Options options) {
    /// Where a sink begins.
    public enum Start {
        /// With the oldest event that is kept.
        BEGIN,
        /// With what comes.
        END
    }

    /// How much a sink sends at once, and how it waits.
    ///
    /// @param records most records of a batch, 1 to 1,000
    /// @param bytes most bytes of a batch as stored; a single record may be larger
    /// @param linger how long an event may wait to be sent together with others
    /// @param timeout how long one delivery may take
    /// @param longestRetry the longest time between two attempts
    public record Pace(
            int records, long bytes, Duration linger, Duration timeout, Duration longestRetry) {
        private static final long LARGEST = 16 << 20;

        /// Checks the values.
        ///
        /// @throws IllegalArgumentException when one is out of its range, naming it
        public Pace {
            check(records >= 1 && records <= 1_000, "batch-records: 1 to 1000");
            check(bytes >= 1 && bytes <= LARGEST, "batch-size: 1B to 16MiB");
            check(!linger.isNegative() && linger.toMinutes() < 1, "linger: less than 1m");
            check(timeout.toMillis() >= 100, "timeout: at least 100ms");
            check(longestRetry.toMillis() >= 100, "longest-retry: at least 100ms");
        }

        /// 500 records or 1 MiB, a fifth of a second, 30 s, and a minute.
        public static Pace defaults() {
            return new Pace(
                    500,
                    1 << 20,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1));
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public SinkSettings {
        channels = List.copyOf(channels);
        check(name.matches("[a-zA-Z0-9._-]{1,64}"), "name: 1 to 64 letters, digits, . _ -");
        check(!channels.isEmpty(), "channels: at least one");
    }

    private static void check(boolean fine, String rule) {
        if (!fine) {
            throw new IllegalArgumentException(rule);
        }
    }
}
