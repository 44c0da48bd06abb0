package io.netsentinel.integrations.record;

import io.netsentinel.events.IpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a value of a record becomes the value of a field. A value that cannot be converted is left
/// out (it is still in `raw`), or kept as it is where that says so.
public enum Conversion {
    /// As it is: text, number or truth value.
    KEEP,
    /// As it is, unless the field is there already: the first one counts.
    SOFT,
    /// A number as text.
    TEXT,
    /// In lower case.
    LOWER,
    /// Every element of an array, or the one value.
    LIST,
    /// The first element of an array, or the one value.
    FIRST,
    /// An address in canonical form; other text is kept.
    IP,
    /// A hardware address as ECS has it: upper case, hyphens.
    MAC,
    /// A time as ISO 8601 in UTC.
    TIME,
    /// Hexadecimal without colons, upper case.
    HEX,
    /// A whole number, also when it is written as text.
    NUMBER,
    /// Text that may be long: a payload.
    LONG,
    /// An application protocol; `failed` and `unknown` are none.
    PROTOCOL,
    /// Text unless it is Suricata's `<none>`, `<empty>` or `<unknown>`.
    KNOWN,
    /// Mail addresses: what stands between angle brackets, else the whole.
    ADDRESS,
    /// CVE numbers, however they are written.
    CVE,
    /// DNS resource records: an array of objects.
    RECORDS;

    private static final Pattern CVE_NUMBER =
            Pattern.compile("(?:CVE[-_ ]?)?(\\d{4})[-_](\\d{4,7})", Pattern.CASE_INSENSITIVE);
    private static final int MAX_TEXT = 8_192;
    private static final int MAX_LONG = 131_072;

    /// The conversion of that name, in any case.
    public static Conversion of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// Whether a field of it is a list.
    public boolean list() {
        return this == LIST || this == ADDRESS || this == CVE;
    }

    /// Whether the first value counts.
    public boolean soft() {
        return this == SOFT || this == FIRST;
    }

    /// Converts a scalar.
    ///
    /// @param value `String`, `Long`, `Double` or `Boolean`
    public Optional<Object> apply(Object value) {
        if (!(value instanceof String text)) {
            return other(value);
        }
        return switch (this) {
            case KEEP, SOFT, TEXT, LIST, FIRST -> Optional.of(cut(text, MAX_TEXT));
            case LONG -> Optional.of(cut(text, MAX_LONG));
            case LOWER -> Optional.of(cut(text, MAX_TEXT).toLowerCase(Locale.ROOT));
            case IP -> Optional.of(ip(cut(text, MAX_TEXT)));
            case MAC -> Optional.of(cut(text, 64).replace(':', '-').toUpperCase(Locale.ROOT));
            case TIME -> RecordTime.parse(text).map(Object.class::cast);
            case HEX -> Optional.of(cut(text, MAX_TEXT).replace(":", "").toUpperCase(Locale.ROOT));
            case NUMBER -> Optional.of(number(text));
            case PROTOCOL -> protocol(text);
            case KNOWN ->
                    text.startsWith("<") ? Optional.empty() : Optional.of(cut(text, MAX_TEXT));
            case ADDRESS -> Optional.of(address(cut(text, MAX_TEXT)));
            case CVE -> cve(text).map(Object.class::cast);
            case RECORDS -> Optional.empty();
        };
    }

    private Optional<Object> other(Object value) {
        return switch (this) {
            case TIME, RECORDS -> Optional.empty();
            case TEXT, LIST, ADDRESS, CVE -> Optional.of(value.toString());
            default -> Optional.of(value);
        };
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        // base 64 is cut after a group of four, so that what is left can be decoded
        int end = limit - limit % 4;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /// Only an IPv6 address can be written in several ways.
    private static String ip(String text) {
        return text.indexOf(':') < 0
                ? text
                : IpAddress.parse(text).map(IpAddress::text).orElse(text);
    }

    private static Object number(String text) {
        return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : cut(text, MAX_TEXT);
    }

    private static Optional<Object> protocol(String text) {
        return text.equals("failed") || text.equals("unknown")
                ? Optional.empty()
                : Optional.of(cut(text, 64).toLowerCase(Locale.ROOT));
    }

    private static String address(String text) {
        int open = text.lastIndexOf('<');
        int close = text.indexOf('>', open + 1);
        return open >= 0 && close > open ? text.substring(open + 1, close) : text;
    }

    /// The first CVE number in a text, as `CVE-2021-44228`.
    public static Optional<String> cve(String text) {
        Matcher matcher = CVE_NUMBER.matcher(cut(text, 256));
        return matcher.find()
                ? Optional.of("CVE-" + matcher.group(1) + "-" + matcher.group(2))
                : Optional.empty();
    }
}
