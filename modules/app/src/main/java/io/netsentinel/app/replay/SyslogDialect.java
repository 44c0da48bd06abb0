package io.netsentinel.app.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Syslog, RFC 3164 and 5424, with or without the priority. A line whose time does not stand at its
/// beginning is sent as it is.
final class SyslogDialect implements Dialect {
    private static final Pattern TIME =
            Pattern.compile(
                    "(?:<\\d{1,3}>)?(?:1 )?"
                            + "(?:(?<iso>\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\S{0,16})|(?<classic>[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}))(?= )");
    private static final DateTimeFormatter CLASSIC =
            new DateTimeFormatterBuilder()
                    .appendPattern("MMM ppd HH:mm:ss")
                    .toFormatter(Locale.ROOT);

    /// A year is not written, so any will do that has a 29th of February.
    private static final DateTimeFormatter CLASSIC_IN_A_YEAR =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu MMM ppd HH:mm:ss")
                    .toFormatter(Locale.ROOT);

    private final ZoneId zone;

    /// @param zone of times that do not say one
    SyslogDialect(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String format() {
        return "syslog";
    }

    @Override
    public Optional<Line> line(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher matcher = TIME.matcher(text);
        return Optional.of(
                matcher.lookingAt() ? new Message(text, matcher, zone) : new Plain(text));
    }

    private record Message(String text, Matcher matcher, ZoneId zone) implements Line {
        @Override
        public Optional<Instant> time() {
            if (matcher.group("iso") != null) {
                return Stamps.text(matcher.group("iso"));
            }
            try {
                return Optional.of(
                        LocalDateTime.parse("2024 " + matcher.group("classic"), CLASSIC_IN_A_YEAR)
                                .atZone(zone)
                                .toInstant());
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }

        @Override
        public String at(UnaryOperator<Instant> change) {
            boolean iso = matcher.group("iso") != null;
            String group = iso ? "iso" : "classic";
            return time().map(change)
                    .map(time -> iso ? Stamps.iso(time) : CLASSIC.format(time.atZone(zone)))
                    .map(stamp ->
                            text.substring(0, matcher.start(group))
                                    + stamp
                                    + text.substring(matcher.end(group)))
                    .orElse(text);
        }
    }
}
