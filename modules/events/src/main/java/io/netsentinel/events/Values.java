package io.netsentinel.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns any value into one of the types an event holds, immutable, and reads these types.
final class Values {
    private Values() {}

    static Object freeze(Object value) {
        if (value instanceof String) {
            return value; // nearly all are
        }
        return switch (value) {
            case Long number -> number;
            case Boolean flag -> flag;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Float number -> finite(number.doubleValue());
            case Double number -> finite(number);
            case List<?> list -> freezeList(list);
            case Map<?, ?> map -> freezeMap(map);
            default -> value.toString();
        };
    }

    /// JSON has no infinity and no not-a-number.
    private static Object finite(double number) {
        return Double.isFinite(number) ? (Object) number : Double.toString(number);
    }

    private static List<Object> freezeList(List<?> list) {
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(freeze(element)));
        return Collections.unmodifiableList(copy);
    }

    private static Map<String, Object> freezeMap(Map<?, ?> map) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, element) -> copy.put(String.valueOf(key), freeze(element)));
        return Collections.unmodifiableMap(copy);
    }

    /// The value as text; the elements of a list are joined by a comma.
    static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text; // nearly all are
        }
        return switch (value) {
            case null -> "";
            case List<?> list -> String.join(",", list.stream().map(String::valueOf).toList());
            default -> value.toString();
        };
    }

    /// The value as a whole number, also when it is a number written as text.
    static long number(@Nullable Object value, long absent) {
        return switch (value) {
            case null -> absent;
            case Long number -> number;
            case Double number -> number.longValue();
            case String text -> parse(text, absent);
            default -> absent;
        };
    }

    private static long parse(String text, long absent) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return absent;
        }
    }
}
