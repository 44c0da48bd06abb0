package io.netsentinel.app.config;

import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.auth.RowFilter;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.events.Units;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The types of value a setting can have.
final class ValueTypes {
    static final ValueType<String> TEXT = parsed("a text", text -> nonEmpty(text), text -> text);

    static final ValueType<Boolean> FLAG =
            parsed("true or false", ValueTypes::flag, value -> Boolean.toString(value));

    static final ValueType<Integer> PORT = count("a port", 0, 65_535);

    static final ValueType<Path> PATH = parsed("a path", ValueTypes::path, Path::toString);

    static final ValueType<URI> URL =
            parsed(
                    "an address such as https://sentinel.example.org",
                    ValueTypes::url,
                    URI::toString);

    static final ValueType<Duration> DURATION =
            parsed("a time such as 500ms, 30s, 15m, 12h, 7d or 1y", Units::duration, Units::text);

    static final ValueType<Long> SIZE =
            parsed("a size such as 64KiB, 512MiB or 10GiB", Units::size, Units::text);

    static final ValueType<Filter> FILTER =
            ValueType.one("a filter such as severity >= high", ValueTypes::filter, Filter::text);

    /// A filter on any field, unlike that of a role.
    static final ValueType<Filter> CONDITION =
            ValueType.one("a filter such as severity >= high", ValueTypes::condition, Filter::text);

    static final ValueType<List<ChannelPattern>> PATTERNS =
            ValueType.one(
                            "a channel or pattern such as alerts or lab.*",
                            text -> understood(() -> ChannelPattern.of(text.strip())),
                            ChannelPattern::text)
                    .list("a list of channels or patterns such as alerts or lab.*");

    static final ValueType<List<ChannelGrant>> GRANTS =
            ValueType.one(
                            "a channel such as alerts, lab.* or alerts:subscribe",
                            ValueTypes::grant,
                            ChannelGrant::text)
                    .list("a list of channels such as alerts, lab.* or alerts:subscribe");

    static final ValueType<List<String>> TEXTS = TEXT.list("a list of texts");

    private ValueTypes() {}

    static ValueType<Integer> count(String words, int least, int most) {
        String range = words + ", " + least + " to " + most;
        return parsed(range, text -> integer(text, least, most), value -> Integer.toString(value));
    }

    /// One of the constants of an enum, in lower case with hyphens.
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String words =
                Arrays.stream(constants).map(ValueTypes::text).collect(Collectors.joining(" or "));
        return parsed(
                words,
                text -> Arrays.stream(constants).filter(c -> text(c).equals(text)).findFirst(),
                ValueTypes::text);
    }

    /// One of these words.
    static ValueType<String> choice(List<String> words) {
        return parsed(
                String.join(" or ", words),
                text -> Optional.of(text).filter(words::contains),
                text -> text);
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> ValueType<T> parsed(
            String words, Function<String, Optional<T>> parser, Function<T, String> writer) {
        return ValueType.one(
                words,
                text ->
                        parser.apply(text.strip())
                                .orElseThrow(() ->
                                        new BadValueException(
                                                "expected " + words + ", found " + quoted(text))),
                writer);
    }

    private static String quoted(String text) {
        return text.isBlank() ? "nothing" : "\"" + text + "\"";
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> integer(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.replace("_", ""));
            return value >= least && value <= most ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Filter filter(String text) {
        return understood(() -> RowFilter.parse(text));
    }

    private static Filter condition(String text) {
        try {
            return Filter.parse(text);
        } catch (FilterException e) {
            throw new BadValueException("column " + e.column() + ": " + e.getMessage());
        }
    }

    private static ChannelGrant grant(String text) {
        return understood(() -> ChannelGrant.parse(text.strip()));
    }

    private static <T> T understood(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new BadValueException(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain =
                    uri.getQuery() == null
                            && uri.getFragment() == null
                            && uri.getUserInfo() == null;
            return web && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
