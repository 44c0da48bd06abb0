package io.netsentinel.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How the value of a setting is written and read.
///
/// @param words what a value looks like, for messages and the reference: `a port, 0 to 65535`
/// @param many whether the value is a list
/// @param reader throws [BadValueException]
/// @param writer the value's texts, such that `reader` reads the same value again
/// @param <T> the type of the value
public record ValueType<T>(
        String words,
        boolean many,
        Function<List<String>, T> reader,
        Function<T, List<String>> writer) {

    static <T> ValueType<T> one(
            String words, Function<String, T> reader, Function<T, String> writer) {
        return new ValueType<>(
                words,
                false,
                items -> reader.apply(items.getFirst()),
                value -> List.of(writer.apply(value)));
    }

    ValueType<List<T>> list(String pluralWords) {
        return new ValueType<>(
                pluralWords,
                true,
                items -> {
                    List<T> values = new ArrayList<>();
                    items.forEach(item -> values.add(reader.apply(List.of(item))));
                    return List.copyOf(values);
                },
                values -> values.stream().map(v -> writer.apply(v).getFirst()).toList());
    }

    T read(List<String> items) {
        if (!many && items.size() != 1) {
            throw new BadValueException("expected " + words + ", found a list");
        }
        return reader.apply(items);
    }

    BadValueException refuse(String text) {
        return new BadValueException(
                "expected " + words + ", found " + (text.isEmpty() ? "nothing" : text));
    }
}
