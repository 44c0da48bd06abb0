package io.netsentinel.integrations.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is said about one source or sink, by the last part of the key. Values may be secrets, so
/// they are given out one by one and never as a text of all.
public final class Options {
    private final String name;
    private final Map<String, Object> values;
    private final Limits limits;

    /// Without limits.
    ///
    /// @param name the name of the source or sink
    /// @param values by key; texts, numbers, flags, paths, durations and lists of texts
    public Options(String name, Map<String, Object> values) {
        this(name, values, Limits.none());
    }

    /// @param name the name of the source or sink
    /// @param values by key; texts, numbers, flags, paths, durations and lists of texts
    /// @param limits what may be reached
    public Options(String name, Map<String, Object> values, Limits limits) {
        this.name = name;
        this.values = new TreeMap<>(values);
        this.limits = limits;
    }

    /// The name of the source or sink.
    public String name() {
        return name;
    }

    /// What may be reached.
    public Limits limits() {
        return limits;
    }

    /// These options, and what the others say instead or besides.
    public Options with(Options others) {
        Map<String, Object> all = new TreeMap<>(values);
        all.putAll(others.values);
        return new Options(name, all, limits);
    }

    /// What is said, by name only.
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /// A text that must be there.
    ///
    /// @throws IllegalArgumentException when it is not
    public String require(String key) {
        return text(key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    /// A text.
    public Optional<String> text(String key) {
        return value(key, String.class);
    }

    /// A list of texts; empty when there is none.
    public List<String> texts(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// Whether something is on.
    public boolean flag(String key, boolean fallback) {
        return value(key, Boolean.class).orElse(fallback);
    }

    /// A size or number.
    public long number(String key, long fallback) {
        return value(key, Number.class).map(Number::longValue).orElse(fallback);
    }

    /// A path.
    public Optional<Path> path(String key) {
        return value(key, Path.class);
    }

    /// A time.
    public Duration time(String key, Duration fallback) {
        return value(key, Duration.class).orElse(fallback);
    }

    private <T> Optional<T> value(String key, Class<T> type) {
        Optional<Object> value = Optional.ofNullable(values.get(key));
        if (value.isPresent() && !type.isInstance(value.get())) {
            throw new IllegalArgumentException(
                    key + " is no " + type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return value.map(type::cast);
    }

    /// The name only: the values may be secrets.
    @Override
    public String toString() {
        return "Options[" + name + "]";
    }
}
