package io.netsentinel.integrations.syslog;

import io.netsentinel.integrations.record.RecordTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the times of messages that are not RFC 5424. Most have no year and no zone: the year is
/// the one that puts it next to the time of receipt, the zone is this machine's.
final class SyslogTime {
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    /// `Oct 11 22:14:15`, Cisco's `*Sep 22 2026 13:39:12.252 UTC:` and `2026 Sep 22 13:39:12`.
    private static final Pattern CLASSIC =
            Pattern.compile(
                    "[*.]?(?:(\\d{4}) )?([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (?:(\\d{4}) )?"
                            + "(\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?(?: (UTC|GMT))?(:?)(?: |$)");

    private static final Pattern ISO =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?"
                            + "(?:Z|[-+]\\d{2}:?\\d{2})?)(:?)(?: |$)");

    private static final Duration AHEAD = Duration.ofDays(2);

    private final Instant received;
    private final ZoneId zone;

    SyslogTime(Instant received, ZoneId zone) {
        this.received = received;
        this.zone = zone;
    }

    /// A time at the beginning of a text.
    ///
    /// @param text ISO 8601, UTC
    /// @param end where the rest begins
    /// @param colon whether a colon follows it, as Cisco writes; then no host stands behind it
    record Stamp(String text, int end, boolean colon) {}

    Optional<Stamp> at(String line, int from) {
        if (from >= line.length()) {
            return Optional.empty();
        }
        char first = line.charAt(from);
        if (first == '*' || first == '.' || Character.isUpperCase(first)) {
            return classic(line, from);
        }
        if (first < '0' || first > '9') {
            return Optional.empty();
        }
        Matcher iso = ISO.matcher(line).region(from, line.length());
        return iso.lookingAt()
                ? RecordTime.parse(iso.group(1))
                        .map(text -> new Stamp(text, iso.end(), !iso.group(2).isEmpty()))
                : classic(line, from);
    }

    private Optional<Stamp> classic(String line, int from) {
        Matcher parts = CLASSIC.matcher(line).region(from, line.length());
        if (!parts.lookingAt()) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(parts.group(2).toLowerCase(Locale.ROOT)) + 1;
        String year = parts.group(1) == null ? parts.group(4) : parts.group(1);
        ZoneId in = parts.group(9) == null ? zone : ZoneOffset.UTC;
        Optional<Instant> time =
                year == null
                        ? nearest(parts, month, in)
                        : of(Integer.parseInt(year), parts, month, in);
        return time.map(
                instant -> new Stamp(instant.toString(), parts.end(), !parts.group(10).isEmpty()));
    }

    /// This year, unless that would be in the future; the next one only just before its beginning.
    private Optional<Instant> nearest(Matcher parts, int month, ZoneId in) {
        int year = Year.from(received.atZone(in)).getValue();
        for (int candidate : new int[] {year + 1, year, year - 1, year - 2, year - 3, year - 4}) {
            Optional<Instant> time = of(candidate, parts, month, in);
            if (time.isPresent() && time.get().isBefore(received.plus(AHEAD))) {
                return time;
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> of(int year, Matcher parts, int month, ZoneId in) {
        try {
            String fraction = parts.group(8) == null ? "0" : parts.group(8);
            int nanos = Integer.parseInt((fraction + "00000000").substring(0, 9));
            return Optional.of(
                    LocalDateTime.of(
                                    year,
                                    month,
                                    Integer.parseInt(parts.group(3)),
                                    Integer.parseInt(parts.group(5)),
                                    Integer.parseInt(parts.group(6)),
                                    Integer.parseInt(parts.group(7)),
                                    nanos)
                            .atZone(in)
                            .toInstant());
        } catch (DateTimeException _) {
            // the 30th of February, or the 29th in another year
            return Optional.empty();
        }
    }
}
