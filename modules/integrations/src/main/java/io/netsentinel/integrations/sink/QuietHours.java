package io.netsentinel.integrations.sink;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Hours of every day in which nobody is told anything.
///
/// @param from their beginning
/// @param to their end, which is the next day's when it is not after the beginning
/// @param zone where that is
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    /// Reads `22:00-07:00`.
    ///
    /// @throws IllegalArgumentException when it is not of this form or no time lies in it
    public static QuietHours parse(String text, ZoneId zone) {
        String[] parts = text.split("-", -1);
        if (parts.length == 2) {
            try {
                LocalTime from = LocalTime.parse(parts[0].strip());
                LocalTime to = LocalTime.parse(parts[1].strip());
                if (!from.equals(to)) {
                    return new QuietHours(from, to, zone);
                }
            } catch (DateTimeParseException _) {
                // told below
            }
        }
        throw new IllegalArgumentException("quiet-hours: expected two times such as 22:00-07:00");
    }

    /// When they end, if this is one of them.
    public Optional<Instant> end(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean overnight = !to.isAfter(from);
        boolean quiet =
                overnight
                        ? !time.isBefore(from) || time.isBefore(to)
                        : !time.isBefore(from) && time.isBefore(to);
        if (!quiet) {
            return Optional.empty();
        }
        boolean tomorrow = overnight && !time.isBefore(from);
        // where the clock leaps over this time, it is the time it leaps to
        ZonedDateTime end = here.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to).atZone(zone);
        return Optional.of(end.isAfter(here) ? end.toInstant() : now.plusSeconds(1));
    }
}
