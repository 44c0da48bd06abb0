package io.netsentinel.webui;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Of which time a page is: as far back as a range, up to now, or between two moments of the past.
/// In an address it is `range=1h`, or `from=2026-06-01T12:00:00Z&to=2026-06-01T13:00:00Z`.
///
/// @param range how far back from now, when there is no past
/// @param past the two moments
record Window(TimeRange range, Optional<Between> past) {
    /// The least a timeline can be of.
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /// At most so many bars has a timeline.
    private static final int BARS = 120;

    /// The widths of bars that people can read, all made of the stored ones.
    private static final List<Duration> WIDTHS =
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(20),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofDays(1));

    /// Two moments, the first before the second.
    record Between(Instant from, Instant to) {}

    /// What the form for the time needs.
    ///
    /// @param choices what the select box offers
    /// @param from what stands in the field of the beginning: the zone is UTC
    /// @param to what stands in the field of the end
    /// @param past whether the page is of the past
    /// @param words of which time it is, in words
    record Form(
            List<TimeRange.Choice> choices, String from, String to, boolean past, String words) {
        /// No time to choose.
        static final Form NONE = new Form(List.of(), "", "", false, "");

        /// Copies the list.
        Form {
            choices = List.copyOf(choices);
        }

        /// Ranges up to now and nothing else.
        static Form of(TimeRange chosen, List<TimeRange> offered) {
            return new Form(TimeRange.choices(Optional.of(chosen), offered), "", "", false, "");
        }

        /// Whether two moments can be chosen.
        boolean moments() {
            return !from.isEmpty();
        }

        /// Whether there is a range to choose.
        boolean offered() {
            return !choices.isEmpty();
        }
    }

    static Window of(TimeRange range) {
        return new Window(range, Optional.empty());
    }

    /// Between two moments, as long as a timeline must be.
    static Window between(Instant start, Instant end) {
        Instant least = start.plus(SHORTEST);
        return new Window(
                TimeRange.ALL, Optional.of(new Between(start, end.isBefore(least) ? least : end)));
    }

    /// Reads an address. What cannot be understood is left out.
    ///
    /// @param offered the ranges of the page, the usual one first
    static Window parse(Function<String, Optional<String>> query, List<TimeRange> offered) {
        TimeRange range =
                query.apply("range")
                        .flatMap(TimeRange::parse)
                        .filter(offered::contains)
                        .orElse(offered.getFirst());
        Optional<Instant> from = query.apply("from").flatMap(Window::moment);
        Optional<Instant> to = query.apply("to").flatMap(Window::moment);
        if (from.isEmpty() || to.isEmpty()) {
            return of(range);
        }
        boolean turned = to.get().isBefore(from.get());
        Instant start = turned ? to.get() : from.get();
        Instant end = turned ? from.get() : to.get();
        Instant least = start.plus(SHORTEST);
        return new Window(
                range, Optional.of(new Between(start, end.isBefore(least) ? least : end)));
    }

    /// Fields for dates and times of a form know no zone: theirs is UTC.
    static Optional<Instant> moment(String text) {
        try {
            Instant moment =
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return Optional.of(moment.truncatedTo(ChronoUnit.SECONDS))
                    .filter(one -> one.isAfter(Instant.EPOCH))
                    .filter(one -> one.isBefore(Instant.parse("9999-01-01T00:00:00Z")));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Whether new events belong to it.
    boolean live() {
        return past.isEmpty();
    }

    Instant from(Instant now) {
        return past.map(Between::from)
                .orElseGet(
                        () -> range == TimeRange.ALL ? Instant.EPOCH : now.minus(range.length()));
    }

    Instant to(Instant now) {
        return past.map(Between::to).orElse(now);
    }

    /// The width of a timeline's bars.
    Duration bucket() {
        return past.map(Window::width).orElseGet(range::bucket);
    }

    private static Duration width(Between times) {
        Duration least = Duration.between(times.from(), times.to()).dividedBy(BARS);
        return WIDTHS.stream()
                .filter(width -> width.compareTo(least) >= 0)
                .findFirst()
                .orElseGet(() -> Duration.ofDays(least.toDays() + 1));
    }

    /// The address with this time; nothing stands there for the range that a page has anyway.
    Href into(Href href, TimeRange usual) {
        return past.map(times ->
                        href.with("range", "")
                                .with("from", times.from().toString())
                                .with("to", times.to().toString()))
                .orElseGet(() ->
                        href.with("range", range == usual ? "" : range.key())
                                .with("from", "")
                                .with("to", ""));
    }

    /// The hidden fields that carry it along in a form.
    ///
    /// @param usual the range that a page has anyway
    List<Shell.Kept> fields(TimeRange usual) {
        return past.map(times ->
                        List.of(
                                new Shell.Kept("from", times.from().toString()),
                                new Shell.Kept("to", times.to().toString())))
                .orElse(range == usual ? List.of() : List.of(new Shell.Kept("range", range.key())));
    }

    /// `last 15 minutes`, or both moments.
    String words() {
        return past.map(times -> words(times.from(), times.to()))
                .orElseGet(() ->
                        range == TimeRange.ALL
                                ? "all time"
                                : range.label().toLowerCase(Locale.ROOT));
    }

    private static String words(Instant from, Instant to) {
        String start = Rows.full(from).substring(0, 19);
        String end = Rows.full(to).substring(0, 19);
        boolean day = start.substring(0, 10).equals(end.substring(0, 10));
        return start + " to " + (day ? end.substring(11) : end) + " UTC";
    }

    Form form(Instant now, List<TimeRange> offered) {
        Instant end = to(now);
        Instant start =
                range == TimeRange.ALL && live() ? end.minus(Duration.ofHours(1)) : from(now);
        return new Form(
                TimeRange.choices(live() ? Optional.of(range) : Optional.empty(), offered),
                field(start),
                field(end),
                !live(),
                words());
    }

    /// As a field for dates and times takes it.
    private static String field(Instant moment) {
        return Rows.full(moment).substring(0, 19).replace(' ', 'T');
    }
}
