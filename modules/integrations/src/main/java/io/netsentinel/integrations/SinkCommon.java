package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.integrations.SinkSettings.Pace;
import io.netsentinel.integrations.SinkSettings.Start;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.util.List;
import java.util.Locale;

/// What can be said of sinks of every kind.
final class SinkCommon {
    private static final int MOST_RECORDS = 1_000;

    /// As the configuration has them.
    static final List<Option> OPTIONS =
            List.of(
                    Option.texts("channels", "alerts", "The channels it sends."),
                    Option.text("filter", "severity >= high", "What it sends."),
                    Option.choice("start", List.of("end", "begin"), "Where a new one begins."),
                    Option.count(
                            "batch-records",
                            new Option.Type.Count("a number", 1, MOST_RECORDS),
                            "500",
                            "The most events of a batch."),
                    Option.size("batch-size", "1MiB", "The most bytes of a batch."),
                    Option.time("linger", "200ms", "How long an event may wait for others."),
                    Option.time("timeout", "30s", "How long one delivery may take."),
                    Option.time("longest-retry", "1m", "The longest time between attempts."));

    private SinkCommon() {}

    /// @param options those of every kind and those of this kind
    /// @throws IllegalArgumentException when one is wrong, naming it
    static SinkSettings settings(String kind, Options options) {
        Pace usual = Pace.defaults();
        List<String> channels = options.texts("channels");
        return new SinkSettings(
                options.name(),
                kind,
                (channels.isEmpty() ? List.of(Channel.ALERTS) : channels)
                        .stream().map(SinkCommon::pattern).toList(),
                options.text("filter").map(SinkCommon::filter),
                options.text("start")
                        .map(text -> Start.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(Start.END),
                new Pace(
                        (int) options.number("batch-records", usual.records()),
                        options.number("batch-size", usual.bytes()),
                        options.time("linger", usual.linger()),
                        options.time("timeout", usual.timeout()),
                        options.time("longest-retry", usual.longestRetry())),
                options);
    }

    private static ChannelPattern pattern(String text) {
        try {
            return ChannelPattern.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("channels: " + e.getMessage(), e);
        }
    }

    /// A filter of the house's language.
    static Filter filter(String text) {
        try {
            return Filter.parse(text);
        } catch (FilterException e) {
            throw new IllegalArgumentException(
                    "filter: column " + e.column() + ": " + e.getMessage(), e);
        }
    }
}
