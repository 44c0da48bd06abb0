package io.netsentinel.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What must be well for the server to take work. The application adds checks; `/health/ready` asks
/// them. A service every endpoint can get.
public final class Readiness {
    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

    /// Ready, as long as no check says otherwise.
    public Readiness() {}

    /// Adds a check, or replaces the one of the same name.
    ///
    /// @param name what is checked, one word
    /// @param wrong one sentence when it is not well; open to everybody, so without secrets and
    ///   paths. Must answer at once
    public Readiness check(String name, Supplier<Optional<String>> wrong) {
        checks.put(name, wrong);
        return this;
    }

    /// What is not well now, by name; empty when all is.
    public Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        checks.keySet().stream()
                .sorted()
                .forEach(name -> ask(name).ifPresent(reason -> problems.put(name, reason)));
        return problems;
    }

    /// The names of all checks.
    Iterable<String> names() {
        return checks.keySet().stream().sorted().toList();
    }

    private Optional<String> ask(String name) {
        try {
            Supplier<Optional<String>> check = checks.get(name);
            return check == null ? Optional.empty() : check.get();
        } catch (RuntimeException _) {
            return Optional.of("the check itself failed");
        }
    }
}
