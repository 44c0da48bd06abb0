package io.netsentinel.app.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/// The settings in force. Immutable.
public final class Configuration {
    /// A setting that was given, and where.
    record Setting(Key<?> key, String chosen, Object value, String origin) {}

    private final Map<String, Setting> settings;
    private final List<String> warnings;

    Configuration(Map<String, Setting> settings, List<String> warnings) {
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        this.warnings = List.copyOf(warnings);
    }

    /// What is no reason to refuse it, but should be mended; a line each.
    public List<String> warnings() {
        return warnings;
    }

    /// The value of a key that has a fallback.
    public <T> T get(Key<T> key) {
        return find(key)
                .orElseThrow(() -> new NoSuchElementException(key.name() + " has no fallback"));
    }

    /// The value of a key, or its fallback.
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable(settings.get(key.name()))
                .map(setting -> this.<T>cast(setting.value()))
                .or(key::fallback);
    }

    /// The values of a key with a `*` that were given, by the chosen name, sorted by it.
    public <T> Map<String, T> named(Key<T> key) {
        Map<String, T> values = new TreeMap<>();
        for (Setting setting : settings.values()) {
            if (setting.key().equals(key)) {
                values.put(setting.chosen(), this.<T>cast(setting.value()));
            }
        }
        return values;
    }

    /// What was given below a name, by the chosen name and the last part of the key, both sorted:
    /// `sources.dmz.path` as `dmz` and `path`.
    public Map<String, Map<String, Object>> below(String parent) {
        Map<String, Map<String, Object>> values = new TreeMap<>();
        String head = parent + ".*.";
        for (Setting setting : settings.values()) {
            String name = setting.key().name();
            if (name.startsWith(head)) {
                values.computeIfAbsent(setting.chosen(), _ -> new TreeMap<>())
                        .put(name.substring(head.length()), setting.value());
            }
        }
        return values;
    }

    /// Where a setting was given, for messages; "default" when nothing sets it.
    public String origin(String name) {
        return Optional.ofNullable(settings.get(name)).map(Setting::origin).orElse("default");
    }

    List<Setting> given() {
        return List.copyOf(settings.values());
    }

    // The loader put in only what the key's own type has read.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> T cast(Object value) {
        return (T) value;
    }
}
