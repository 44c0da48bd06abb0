package io.netsentinel.integrations.record;

import io.netsentinel.events.IsoTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/// Reads the times of sensors: `2026-06-01T12:00:00.123456+0000`, with or without a zone (UTC
/// then), and seconds since 1970.
public final class RecordTime {
    private static final String UTC = "+0000";
    private static final int SECONDS = 19;

    /// Seconds up to the year 5138; a number from there on counts something smaller.
    private static final double MOST_SECONDS = 1e11;

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .optionalStart()
                    .appendOffset("+HHMM", "+0000")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private RecordTime() {}

    /// The time as ISO 8601 text in UTC, with the digits it was written with; empty when it is
    /// none.
    public static Optional<String> parse(String text) {
        if (text.endsWith(UTC) && plain(text, text.length() - UTC.length())) {
            return Optional.of(text.substring(0, text.length() - UTC.length()) + "Z");
        }
        if (text.length() == SECONDS && plain(text, SECONDS)) {
            return Optional.of(text + "Z");
        }
        if (text.length() > 40) {
            return Optional.empty();
        }
        try {
            TemporalAccessor time =
                    FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    switch (time) {
                        case OffsetDateTime zoned -> zoned.toInstant().toString();
                        case LocalDateTime local -> local.toInstant(ZoneOffset.UTC).toString();
                        default -> throw new DateTimeException("neither with nor without a zone");
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The time of so many seconds, milliseconds or microseconds since 1970; which of them shows by
    /// the size of the number. Empty when it is before 1970 or after the year 5138.
    public static Optional<String> epoch(double number) {
        double micros = number;
        if (number < MOST_SECONDS) {
            micros = number * 1e6;
        } else if (number < MOST_SECONDS * 1e3) {
            micros = number * 1e3;
        }
        if (!(micros >= 0 && micros < MOST_SECONDS * 1e6)) {
            return Optional.empty();
        }
        long whole = Math.round(micros);
        return Optional.of(
                Instant.ofEpochSecond(whole / 1_000_000, whole % 1_000_000 * 1_000).toString());
    }

    /// The time between two times that [#parse(String)] has made; negative when the second is
    /// before the first.
    public static Duration between(String start, String end) {
        return Duration.between(IsoTime.parse(start), IsoTime.parse(end));
    }

    /// Whether it begins with `dddd-dd-ddTdd:dd:dd[.d…]`, up to `end`, on a day every month has:
    /// nearly always, and thirty times as fast as parsing it.
    private static boolean plain(String text, int end) {
        if (end < SECONDS || end > SECONDS + 10) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (!fits(text.charAt(i), i)) {
                return false;
            }
        }
        return end != SECONDS + 1
                && within(text, 5, 1, 12)
                && within(text, 8, 1, 28)
                && within(text, 11, 0, 23)
                && within(text, 14, 0, 59)
                && within(text, 17, 0, 59);
    }

    private static boolean fits(char c, int at) {
        return switch (at) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            case SECONDS -> c == '.';
            default -> c >= '0' && c <= '9';
        };
    }

    private static boolean within(String text, int at, int least, int most) {
        int value = number(text, at);
        return value >= least && value <= most;
    }

    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }
}
