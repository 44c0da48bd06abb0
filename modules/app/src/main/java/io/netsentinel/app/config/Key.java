package io.netsentinel.app.config;

import java.util.Locale;
import java.util.Optional;

/// One setting: everything there is to know about it stands here, and the reference, the commented
/// file and the checks are made from it.
///
/// @param name dotted, in kebab-case; a part `*` stands for a name the user chooses:
///   `sources.*.path`
/// @param type how its value is written
/// @param fallback its value when nothing sets it
/// @param secret never shown; may be given as a file by the environment variable with `_FILE`
///   appended
/// @param help what it does: whole sentences
/// @param example a value, shown where there is no fallback
/// @param <T> the type of the value
public record Key<T>(
        String name,
        ValueType<T> type,
        Optional<T> fallback,
        boolean secret,
        String help,
        String example) {

    static <T> Key<T> of(String name, ValueType<T> type, T fallback, String help) {
        return new Key<>(name, type, Optional.of(fallback), false, help, "");
    }

    static <T> Key<T> optional(String name, ValueType<T> type, String example, String help) {
        return new Key<>(name, type, Optional.empty(), false, help, example);
    }

    static <T> Key<T> secret(String name, ValueType<T> type, String example, String help) {
        return new Key<>(name, type, Optional.empty(), true, help, example);
    }

    /// The environment variable that sets it.
    public String environmentVariable() {
        return environmentVariable(name);
    }

    static String environmentVariable(String name) {
        return "NETSENTINEL_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    boolean named() {
        return name.contains("*");
    }

    /// The fallback as text, empty without one.
    String fallbackText() {
        return fallback.map(value -> String.join(", ", type.writer().apply(value))).orElse("");
    }
}
