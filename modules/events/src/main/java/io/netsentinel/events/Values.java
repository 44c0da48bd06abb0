package io.netsentinel.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns any value into one of the types an event holds, immutable.
final class Values {
    private Values() {}

    static Object freeze(Object value) {
        return switch (value) {
            case String text -> text;
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
}
