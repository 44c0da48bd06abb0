package io.netsentinel.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times and sizes with their units. A year is 365 days.
public final class Units {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12}) ?([A-Za-z]{1,3})");
    private static final Map<String, Long> TIMES = new LinkedHashMap<>();
    private static final Map<String, Long> SIZES = new LinkedHashMap<>();

    static {
        TIMES.put("y", Duration.ofDays(365).toMillis());
        TIMES.put("d", Duration.ofDays(1).toMillis());
        TIMES.put("h", Duration.ofHours(1).toMillis());
        TIMES.put("m", Duration.ofMinutes(1).toMillis());
        TIMES.put("s", Duration.ofSeconds(1).toMillis());
        TIMES.put("ms", 1L);
        SIZES.put("TiB", 1L << 40);
        SIZES.put("GiB", 1L << 30);
        SIZES.put("MiB", 1L << 20);
        SIZES.put("KiB", 1L << 10);
        SIZES.put("B", 1L);
    }

    private Units() {}

    /// A time such as `30s`; empty when it is none.
    public static Optional<Duration> duration(String text) {
        return amount(text, TIMES).map(Duration::ofMillis);
    }

    /// A time with the largest unit that leaves nothing over.
    public static String text(Duration duration) {
        return text(duration.toMillis(), TIMES, "0s");
    }

    /// A number of bytes such as `64KiB`; empty when it is none.
    public static Optional<Long> size(String text) {
        return amount(text, SIZES);
    }

    /// A number of bytes with the largest unit that leaves nothing over.
    public static String text(long bytes) {
        return text(bytes, SIZES, "0B");
    }

    private static Optional<Long> amount(String text, Map<String, Long> units) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (unit.getKey()
                    .toLowerCase(Locale.ROOT)
                    .equals(matcher.group(2).toLowerCase(Locale.ROOT))) {
                return product(Long.parseLong(matcher.group(1)), unit.getValue());
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> product(long count, long unit) {
        return count > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(count * unit);
    }

    private static String text(long amount, Map<String, Long> units, String zero) {
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (amount > 0 && amount % unit.getValue() == 0) {
                return amount / unit.getValue() + unit.getKey();
            }
        }
        return zero;
    }
}
