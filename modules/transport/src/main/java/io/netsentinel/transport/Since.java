package io.netsentinel.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as clients write it: ISO 8601, or how long ago: `-90s`, `-15m`, `-24h`, `-7d`.
public final class Since {
    private static final Pattern AGO = Pattern.compile("-(\\d{1,9})([smhd])");

    private Since() {}

    /// Reads a time.
    ///
    /// @param now what "ago" counts from
    /// @return empty when it is neither
    public static Optional<Instant> parse(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return Optional.of(
                    now.minus(
                            switch (ago.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            }));
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
