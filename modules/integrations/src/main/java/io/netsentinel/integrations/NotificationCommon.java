package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.integrations.SinkSettings.Pace;
import io.netsentinel.integrations.sink.NotificationRule;
import io.netsentinel.integrations.sink.QuietHours;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What can be said of every notification.
final class NotificationCommon {
    private static final int MOST = 1_000;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(7);

    static final List<Option> OPTIONS =
            List.of(
                    Option.texts(
                            "channels",
                            "alerts, threats",
                            "The channels it looks at, names or patterns (default `alerts`)."),
                    Option.text(
                            "filter",
                            "severity >= high",
                            "Only events that meet this condition count. Without it, all."),
                    Option.count(
                            "threshold",
                            new Option.Type.Count("a number of events", 1, MOST),
                            "10",
                            "So many events must come within `window` before anybody is told"
                                    + " (default 1)."),
                    Option.time("window", "5m", "How long that is (default 5m, up to 7d)."),
                    Option.text(
                            "quiet-hours",
                            "22:00-07:00",
                            "Hours of every day in which nobody is told; what comes then is told at"
                                    + " their end."),
                    Option.text(
                            "time-zone",
                            "Europe/Berlin",
                            "Where the quiet hours are (default: the server's zone)."),
                    Option.time(
                            "digest",
                            "15m",
                            "How long events are collected, from the first one on, to be told in one"
                                    + " message (default: not at all; up to 7d)."),
                    Option.time(
                            "min-interval",
                            "5m",
                            "The shortest time between two messages; what comes meanwhile is told in"
                                    + " the next one (default none, up to 7d)."),
                    Option.time("timeout", "30s", "How long one delivery may take (default 30s)."),
                    Option.time(
                            "longest-retry",
                            "1m",
                            "The longest time between two attempts (default 1m)."));

    private NotificationCommon() {}

    /// @throws IllegalArgumentException when an option is wrong, naming it
    static NotificationRule rule(Options options) {
        List<String> channels = options.texts("channels");
        return new NotificationRule(
                options.name(),
                (channels.isEmpty() ? List.of(Channel.ALERTS) : channels)
                        .stream().map(SinkCommon::pattern).toList(),
                options.text("filter").map(SinkCommon::filter),
                (int) options.number("threshold", 1),
                time(options, "window", WINDOW),
                quiet(options),
                time(options, "digest", Duration.ZERO),
                time(options, "min-interval", Duration.ZERO));
    }

    static Pace pace(Options options) {
        Pace usual = Pace.defaults();
        return new Pace(
                usual.records(),
                usual.bytes(),
                usual.linger(),
                options.time("timeout", usual.timeout()),
                options.time("longest-retry", usual.longestRetry()));
    }

    private static Duration time(Options options, String key, Duration usual) {
        Duration time = options.time(key, usual);
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + ": at most 7d");
        }
        return time;
    }

    private static Optional<QuietHours> quiet(Options options) {
        ZoneId zone =
                options.text("time-zone")
                        .map(NotificationCommon::zone)
                        .orElseGet(ZoneId::systemDefault);
        return options.text("quiet-hours").map(text -> QuietHours.parse(text, zone));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time-zone: expected a zone such as Europe/Berlin, found \"" + text + "\"", e);
        }
    }
}
