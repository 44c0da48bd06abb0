package io.netsentinel.app.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Zeek's tab-separated files. Their `#` lines go along with every piece that is sent.
final class TsvDialect implements Dialect {
    private final List<String> header = new ArrayList<>();
    private int column = -1;

    @Override
    public String format() {
        return "zeek";
    }

    @Override
    public String header() {
        return String.join("\n", header);
    }

    @Override
    public Optional<Line> line(String text) {
        if (text.startsWith("#separator")) {
            header.clear();
        }
        if (text.startsWith("#fields\t")) {
            column = List.of(text.split("\t", -1)).indexOf("ts") - 1;
        }
        if (text.startsWith("#")) {
            if (!text.startsWith("#close") && !text.startsWith("#open")) {
                header.add(text);
            }
            return Optional.empty();
        }
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(new Row(List.of(text.split("\t", -1)), column));
    }

    private record Row(List<String> values, int column) implements Line {
        @Override
        public Optional<Instant> time() {
            if (column < 0 || column >= values.size()) {
                return Optional.empty();
            }
            String value = values.get(column);
            return value.matches("\\d{1,12}(\\.\\d{1,9})?")
                    ? Stamps.number(Double.parseDouble(value))
                    : Optional.empty();
        }

        @Override
        public String at(UnaryOperator<Instant> change) {
            List<String> row = new ArrayList<>(values);
            time().map(change).ifPresent(time -> row.set(column, Stamps.seconds(time)));
            return String.join("\t", row);
        }
    }
}
