package io.netsentinel.events;

import java.util.Optional;

/// A value written in a filter. A quoted one is text; an unquoted one may be an address, a number
/// or a word.
sealed interface FilterValue {
    boolean matches(Object value);

    /// As it stands in the canonical text of a filter.
    String canonical();

    static FilterValue of(FilterLexer.Token token) {
        if (token.kind() == FilterLexer.Kind.STRING) {
            return new Text(token.text());
        }
        Optional<Cidr> range = Cidr.parse(token.text());
        if (range.isPresent()) {
            return new Range(range.get());
        }
        Optional<Double> number = number(token.text());
        return number.isPresent()
                ? new Numeric(token.text(), number.get())
                : new Text(token.text());
    }

    static Optional<Double> number(String text) {
        if (!text.matches("[+-]?\\d{1,18}(\\.\\d{1,18})?")) {
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(text));
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    record Text(String text) implements FilterValue {
        @Override
        public boolean matches(Object value) {
            return text.equals(value instanceof String string ? string : value.toString());
        }

        @Override
        public String canonical() {
            return quoted(text);
        }
    }

    record Numeric(String text, double number) implements FilterValue {
        @Override
        public boolean matches(Object value) {
            return switch (value) {
                case Long whole -> whole == number;
                case Double fraction -> fraction == number;
                default -> text.equals(value.toString());
            };
        }

        @Override
        public String canonical() {
            return text;
        }
    }

    record Range(Cidr cidr) implements FilterValue {
        @Override
        public boolean matches(Object value) {
            return value instanceof String string
                    && IpAddress.parse(string).filter(cidr::contains).isPresent();
        }

        @Override
        public String canonical() {
            return cidr.text();
        }
    }
}
