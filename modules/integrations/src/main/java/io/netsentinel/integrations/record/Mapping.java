package io.netsentinel.integrations.record;

import io.netsentinel.events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which key of a flat record becomes which field: lines `key -> field [conversion]`, see
/// [Conversion]. The first key that gives a field a value counts.
public final class Mapping {
    private static final Mapping NOTHING = new Mapping(List.of());

    private final List<Rule> rules;

    private record Rule(String key, String field, Conversion conversion) {}

    private Mapping(List<Rule> rules) {
        this.rules = rules;
    }

    /// A mapping without rules.
    public static Mapping none() {
        return NOTHING;
    }

    /// The mapping a text says.
    public static Mapping of(String table) {
        return new Mapping(table.lines().map(Mapping::rule).toList());
    }

    private static Rule rule(String line) {
        String[] words = line.split("( -> | )", -1);
        return new Rule(
                words[0], words[1], words.length > 2 ? Conversion.of(words[2]) : Conversion.KEEP);
    }

    /// Fills the fields.
    public void apply(Map<String, Object> record, Event.Builder event) {
        for (Rule rule : rules) {
            Object value = record.get(rule.key());
            if (value != null && !event.has(rule.field())) {
                converted(value, rule.conversion())
                        .ifPresent(converted -> event.put(rule.field(), converted));
            }
        }
    }

    private static Optional<Object> converted(Object value, Conversion conversion) {
        List<?> elements = value instanceof List<?> list ? list : List.of(value);
        if (!conversion.list()) {
            return elements.isEmpty() ? Optional.empty() : single(elements.getFirst(), conversion);
        }
        List<Object> converted = new ArrayList<>(elements.size());
        for (Object element : elements) {
            conversion.apply(element).ifPresent(converted::add);
        }
        return converted.isEmpty() ? Optional.empty() : Optional.of(converted);
    }

    private static Optional<Object> single(Object value, Conversion conversion) {
        if (conversion == Conversion.TIME && value instanceof Number seconds) {
            return RecordTime.epoch(seconds.doubleValue()).map(Object.class::cast);
        }
        return conversion.apply(value);
    }
}
