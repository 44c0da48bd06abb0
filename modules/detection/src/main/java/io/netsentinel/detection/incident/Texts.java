package io.netsentinel.detection.incident;

import io.netsentinel.events.Event;
import java.util.List;

/// Fields that may hold one text or a list of them.
final class Texts {
    private static final int MOST = 50;

    private Texts() {}

    static List<String> of(Event event, String field) {
        Object value = event.value(field).orElse(List.of());
        if (value instanceof List<?> list) {
            return list.stream().limit(MOST).map(String::valueOf).toList();
        }
        return List.of(String.valueOf(value));
    }
}
