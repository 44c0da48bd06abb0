package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.SourceKeys;
import io.netsentinel.integrations.InputSettings;
import io.netsentinel.integrations.Kinds;
import io.netsentinel.integrations.Sources;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The sources a configuration names. One that does not say of what kind it is reads files when it
/// has a `path`, and is sent to when it has a `listen`.
final class SourceInputs {
    private static final String KIND = "kind";
    private static final String PATH = "path";
    private static final String LISTEN = "listen";

    private SourceInputs() {}

    /// @throws IllegalArgumentException when the settings of a source do not fit together
    static List<InputSettings> of(Configuration configuration) {
        List<InputSettings> inputs = new ArrayList<>();
        configuration
                .below(SourceKeys.PARENT)
                .forEach((name, values) -> inputs.add(checked(name, values)));
        return List.copyOf(inputs);
    }

    /// The checks of a source do not know its name.
    private static InputSettings checked(String name, Map<String, Object> values) {
        try {
            InputSettings input = input(name, values);
            Sources.check(input);
            return input;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("sources." + name + "." + e.getMessage(), e);
        }
    }

    private static InputSettings input(String name, Map<String, Object> values) {
        Map<String, Object> options = new TreeMap<>(values);
        Optional<String> kind = Optional.ofNullable(options.remove(KIND)).map(String::valueOf);
        InputSettings input =
                new InputSettings(
                        kind.orElseGet(() -> implied(options.keySet())),
                        new Options(name, options));
        if (kind.isPresent()) {
            Kinds.sources().checkOptions(input.kind(), options.keySet());
        }
        return input;
    }

    private static String implied(Set<String> options) {
        boolean file = options.contains(PATH);
        if (file == options.contains(LISTEN)) {
            throw new IllegalArgumentException(
                    file
                            ? "path and listen exclude each other: make two sources of it"
                            : "path is missing (a file to read), or listen (an address to be sent to)");
        }
        String kind = file ? "file" : "listen";
        Set<String> others = new TreeSet<>(options);
        others.removeAll(
                Kinds.sources().require(kind).options().stream().map(Option::name).toList());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    others.iterator().next() + ": not of a source with " + (file ? PATH : LISTEN));
        }
        return kind;
    }
}
