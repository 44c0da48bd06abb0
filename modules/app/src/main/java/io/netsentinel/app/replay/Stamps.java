package io.netsentinel.app.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/// Times as sensors write them, read and written in the same form.
final class Stamps {
    private static final DateTimeFormatter READ =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .optionalStart()
                    .appendOffset("+HHMM", "+0000")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter EVE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);
    private static final double MILLIS_FROM = 1e11;
    private static final double MOST = 1e14;

    private Stamps() {}

    /// A time with or without a zone; without it is UTC.
    static Optional<Instant> text(String text) {
        try {
            TemporalAccessor time = READ.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Seconds or milliseconds since 1970.
    static Optional<Instant> number(double number) {
        double millis = number < MILLIS_FROM ? number * 1_000 : number;
        if (!(millis > 0 && millis < MOST)) {
            return Optional.empty();
        }
        long micros = Math.round(millis * 1_000);
        return Optional.of(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    static String eve(Instant time) {
        return EVE.format(time);
    }

    static String iso(Instant time) {
        return ISO.format(time);
    }

    /// Seconds since 1970 with six digits behind the point.
    static String seconds(Instant time) {
        return "%d.%06d".formatted(time.getEpochSecond(), time.getNano() / 1_000);
    }
}
