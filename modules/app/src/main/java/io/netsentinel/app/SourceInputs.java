package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.Key;
import io.netsentinel.app.config.ListenKeys;
import io.netsentinel.app.config.SourceKeys;
import io.netsentinel.integrations.InputSettings;
import io.netsentinel.integrations.ListenSettings;
import io.netsentinel.integrations.SourceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The sources a configuration names: those with a `path` read files, those with `listen` are sent
/// to.
final class SourceInputs {
    private static final List<Key<?>> OF_FILES =
            List.of(SourceKeys.SOURCE_START, SourceKeys.SOURCE_ROOTS);
    private static final List<Key<?>> OF_LISTENERS =
            List.of(
                    ListenKeys.MAX_CONNECTIONS,
                    ListenKeys.CERTIFICATE,
                    ListenKeys.PRIVATE_KEY,
                    ListenKeys.CLIENT_AUTHORITY);
    private static final List<Key<?>> OF_BOTH =
            List.of(SourceKeys.SOURCE_FORMAT, SourceKeys.SOURCE_MAX_LINE);

    private final Configuration configuration;

    private SourceInputs(Configuration configuration) {
        this.configuration = configuration;
    }

    /// @throws IllegalArgumentException when the settings of a source do not fit together
    static List<InputSettings> of(Configuration configuration) {
        return new SourceInputs(configuration).all();
    }

    private List<InputSettings> all() {
        Set<String> names = new TreeSet<>();
        List.of(List.of(SourceKeys.SOURCE_PATH, ListenKeys.LISTEN), OF_FILES, OF_LISTENERS, OF_BOTH)
                .forEach(keys ->
                        keys.forEach(key -> names.addAll(configuration.named(key).keySet())));
        List<InputSettings> inputs = new ArrayList<>();
        for (String name : names) {
            inputs.add(named(name, () -> input(name)));
        }
        return List.copyOf(inputs);
    }

    private InputSettings input(String name) {
        Optional<String> path = value(SourceKeys.SOURCE_PATH, name);
        Optional<String> listen = value(ListenKeys.LISTEN, name);
        if (path.isPresent() == listen.isPresent()) {
            throw new IllegalArgumentException(
                    path.isEmpty()
                            ? "path is missing (a file to read), or listen (an address to be sent to)"
                            : "path and listen exclude each other: make two sources of it");
        }
        (path.isPresent() ? OF_LISTENERS : OF_FILES)
                .forEach(key -> refuse(key, name, path.isPresent()));
        return path.isPresent() ? file(name, path.get()) : listener(name, listen.orElseThrow());
    }

    private void refuse(Key<?> key, String name, boolean file) {
        if (configuration.named(key).containsKey(name)) {
            String last = key.name().substring(key.name().lastIndexOf('.') + 1);
            throw new IllegalArgumentException(
                    last + ": not of a source with " + (file ? "path" : "listen"));
        }
    }

    private SourceSettings file(String name, String path) {
        SourceSettings defaults = SourceSettings.eve(name, path);
        return defaults.withFormat(value(SourceKeys.SOURCE_FORMAT, name).orElse(defaults.format()))
                .withStart(value(SourceKeys.SOURCE_START, name).orElse(defaults.start()))
                .withMaxLine(maxLine(name, defaults.maxLine()))
                .withRoots(
                        value(SourceKeys.SOURCE_ROOTS, name).orElse(List.of()).stream()
                                .map(Path::of)
                                .toList());
    }

    private ListenSettings listener(String name, String listen) {
        String usual = listen.startsWith("unix") || listen.equals("stdin") ? "eve" : "syslog";
        ListenSettings defaults =
                ListenSettings.of(
                        name, listen, value(SourceKeys.SOURCE_FORMAT, name).orElse(usual));
        ListenSettings limited =
                defaults.withLimits(
                        maxLine(name, defaults.maxLine()),
                        value(ListenKeys.MAX_CONNECTIONS, name).orElse(defaults.connections()));
        Optional<Path> certificate = value(ListenKeys.CERTIFICATE, name);
        Optional<Path> key = value(ListenKeys.PRIVATE_KEY, name);
        boolean tls = limited.transport() == ListenSettings.Transport.TLS;
        if (certificate.isPresent() != tls || key.isPresent() != tls) {
            throw new IllegalArgumentException(
                    tls
                            ? "certificate and key are both needed to listen on " + listen
                            : "certificate and key: only for tls://, not for " + listen);
        }
        return tls
                ? limited.withTls(
                        new ListenSettings.Tls(
                                certificate.orElseThrow(),
                                key.orElseThrow(),
                                value(ListenKeys.CLIENT_AUTHORITY, name)))
                : limited;
    }

    private int maxLine(String name, int usual) {
        return value(SourceKeys.SOURCE_MAX_LINE, name).map(Math::toIntExact).orElse(usual);
    }

    private <T> Optional<T> value(Key<T> key, String name) {
        Map<String, T> values = configuration.named(key);
        return Optional.ofNullable(values.get(name));
    }

    /// The checks of a source do not know its name.
    private static InputSettings named(String name, Supplier<InputSettings> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("sources." + name + "." + e.getMessage(), e);
        }
    }
}
