package io.netsentinel.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tree of a filter. Each node tests an event and knows its canonical text.
sealed interface FilterNode {
    /// How much of a long text a pattern looks at: keeps the work an event can cause bounded.
    int PATTERN_TEXT = 4096;

    boolean test(Event event);

    String canonical();

    /// Adds the paths of the fields it looks at.
    void fields(Set<String> paths);

    private static boolean any(@Nullable Object value, Predicate<Object> condition) {
        if (value == null) {
            return false;
        }
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (condition.test(element)) {
                    return true;
                }
            }
            return false;
        }
        return condition.test(value);
    }

    private static String head(Object value) {
        String text = value.toString();
        return text.length() <= PATTERN_TEXT ? text : text.substring(0, PATTERN_TEXT);
    }

    record And(List<FilterNode> parts) implements FilterNode {
        @Override
        public boolean test(Event event) {
            for (FilterNode part : parts) {
                if (!part.test(event)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void fields(Set<String> paths) {
            parts.forEach(part -> part.fields(paths));
        }

        @Override
        public String canonical() {
            return parts.stream()
                    .map(part ->
                            part instanceof Or ? "(" + part.canonical() + ")" : part.canonical())
                    .collect(Collectors.joining(" and "));
        }
    }

    record Or(List<FilterNode> parts) implements FilterNode {
        @Override
        public boolean test(Event event) {
            for (FilterNode part : parts) {
                if (part.test(event)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void fields(Set<String> paths) {
            parts.forEach(part -> part.fields(paths));
        }

        @Override
        public String canonical() {
            return parts.stream().map(FilterNode::canonical).collect(Collectors.joining(" or "));
        }
    }

    record Not(FilterNode part) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return !part.test(event);
        }

        @Override
        public void fields(Set<String> paths) {
            part.fields(paths);
        }

        @Override
        public String canonical() {
            boolean group = part instanceof Or || part instanceof And;
            return group ? "not (" + part.canonical() + ")" : "not " + part.canonical();
        }
    }

    record Exists(Field field) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return event.get(field) != null;
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(field.path());
        }

        @Override
        public String canonical() {
            return field.path() + " exists";
        }
    }

    /// Equal to one of the values: `=` when there is one, `in` when there are more or ranges.
    record OneOf(Field field, List<FilterValue> values) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return any(event.get(field), this::matches);
        }

        private boolean matches(Object value) {
            for (FilterValue wanted : values) {
                if (wanted.matches(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(field.path());
        }

        @Override
        public String canonical() {
            if (values.size() == 1) {
                String one = values.getFirst().canonical();
                return field.path()
                        + (one.contains("/") && !one.startsWith("\"") ? " in " : " = ")
                        + one;
            }
            return field.path()
                    + values.stream()
                            .map(FilterValue::canonical)
                            .collect(Collectors.joining(", ", " in (", ")"));
        }
    }

    /// The order of two things, as a filter's operator wants it.
    enum Order {
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String sign;

        Order(String sign) {
            this.sign = sign;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case MORE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }

        static Order of(String sign) {
            for (Order order : values()) {
                if (order.sign.equals(sign)) {
                    return order;
                }
            }
            throw new IllegalArgumentException(sign);
        }
    }

    record NumberOrder(Field field, Order order, FilterValue.Numeric limit) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return any(event.get(field), this::matches);
        }

        private boolean matches(Object value) {
            return switch (value) {
                case Long number -> order.holds(Double.compare(number, limit.number()));
                case Double number -> order.holds(Double.compare(number, limit.number()));
                case String text ->
                        FilterValue.number(text)
                                .filter(it -> order.holds(Double.compare(it, limit.number())))
                                .isPresent();
                default -> false;
            };
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(field.path());
        }

        @Override
        public String canonical() {
            return field.path() + " " + order.sign + " " + limit.canonical();
        }
    }

    record TimeOrder(Field field, Order order, Instant limit) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return any(event.get(field), this::matches);
        }

        private boolean matches(Object value) {
            try {
                return value instanceof String text
                        && order.holds(IsoTime.parse(text).compareTo(limit));
            } catch (DateTimeException e) {
                return false;
            }
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(field.path());
        }

        @Override
        public String canonical() {
            return field.path() + " " + order.sign + " " + FilterValue.quoted(limit.toString());
        }
    }

    record SeverityOrder(Order order, Severity limit) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return order.holds(event.severity().compareTo(limit));
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(Fields.NS_SEVERITY);
        }

        @Override
        public String canonical() {
            return "severity " + order.sign + " " + limit.text();
        }
    }

    record SeverityIn(List<Severity> severities) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return severities.contains(event.severity());
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(Fields.NS_SEVERITY);
        }

        @Override
        public String canonical() {
            if (severities.size() == 1) {
                return "severity = " + severities.getFirst().text();
            }
            return severities.stream()
                    .map(Severity::text)
                    .collect(Collectors.joining(", ", "severity in (", ")"));
        }
    }

    record Like(Field field, String pattern, Glob glob) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return any(event.get(field), value -> glob.matches(head(value)));
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(field.path());
        }

        @Override
        public String canonical() {
            return field.path() + " ~ " + FilterValue.quoted(pattern);
        }
    }

    record Matches(Field field, com.google.re2j.Pattern pattern) implements FilterNode {
        @Override
        public boolean test(Event event) {
            return any(event.get(field), value -> pattern.matcher(head(value)).find());
        }

        @Override
        public void fields(Set<String> paths) {
            paths.add(field.path());
        }

        @Override
        public String canonical() {
            return field.path() + " =~ " + FilterValue.quoted(pattern.pattern());
        }
    }
}
