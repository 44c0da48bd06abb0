package io.netsentinel.webui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the address of the map says: how far back it looks, or which past hour is played back.
///
/// @param range how far back from now
/// @param hour when the past hour begins; empty for now
record MapView(TimeRange range, Optional<Instant> hour) {
    static final List<TimeRange> RANGES =
            List.of(TimeRange.MINUTES_15, TimeRange.HOUR, TimeRange.HOURS_6, TimeRange.DAY);

    private static final Duration HOUR = Duration.ofHours(1);

    static MapView parse(Function<String, Optional<String>> query, Instant now) {
        return new MapView(
                query.apply("range")
                        .flatMap(TimeRange::parse)
                        .filter(RANGES::contains)
                        .orElse(TimeRange.MINUTES_15),
                query.apply("hour").flatMap(Window::moment).filter(moment -> moment.isBefore(now)));
    }

    Instant from(Instant now) {
        return hour.orElseGet(() -> now.minus(range.length()));
    }

    Instant to(Instant now) {
        return hour.map(begin -> begin.plus(HOUR)).orElse(now);
    }

    /// The hour as a field for dates and times takes it: the one that is played, or the last.
    String field(Instant now) {
        return LocalDateTime.ofInstant(
                        hour.orElseGet(() -> now.minus(HOUR)).truncatedTo(ChronoUnit.MINUTES),
                        ZoneOffset.UTC)
                .toString();
    }

    /// In words.
    String words() {
        return hour.map(begin -> "the hour from " + Rows.full(begin).substring(0, 16) + " UTC")
                .orElseGet(() -> "last " + range.words());
    }
}
