package io.netsentinel.app.config;

import io.netsentinel.app.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Puts a [Configuration] together: defaults, then the file, then environment variables, then the
/// command line; what comes later wins. Every problem is found, not only the first.
public final class ConfigurationLoader {
    private static final String PREFIX = "NETSENTINEL_";
    private static final String FILE_SUFFIX = "_FILE";

    /// Variables of this prefix that are no settings: they are for the launcher.
    private static final Set<String> NO_SETTINGS =
            Set.of("NETSENTINEL_JAVA_OPTS", "NETSENTINEL_CONFIG");

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Configuration.Setting> settings = new LinkedHashMap<>();

    /// Adds the settings of a YAML file. One that everybody can write to is refused, and so is one
    /// that everybody can read when a secret stands in it.
    public ConfigurationLoader file(Path file) {
        FileRights.NOT_WRITABLE_BY_OTHERS
                .exceededBy(file)
                .ifPresent(text -> problems.add(new Problem(file.toString(), "", text)));
        for (Entry entry : YamlFile.read(file, Schema::isSection, problems)) {
            if (isSecret(entry)) {
                checkSecret(file, text -> entry.problem("is a secret, and " + text));
            }
            add(entry);
        }
        return this;
    }

    private static boolean isSecret(Entry entry) {
        return Schema.key(entry.name()).filter(match -> match.key().secret()).isPresent();
    }

    /// Adds the settings among the environment variables.
    public ConfigurationLoader environment(Map<String, String> environment) {
        new TreeMap<>(environment)
                .forEach((variable, value) -> {
                    if (variable.startsWith(PREFIX) && !NO_SETTINGS.contains(variable)) {
                        variable(variable, value);
                    }
                });
        return this;
    }

    /// Adds one setting of the command line.
    public ConfigurationLoader option(String option, String name, String value) {
        add(new Entry("command line", option, name, List.of(value)));
        return this;
    }

    /// Adds something that is no reason to refuse the configuration, but should be mended.
    public ConfigurationLoader warning(String origin, String text) {
        warnings.add(new Problem(origin, "", text));
        return this;
    }

    /// What is set for a key so far, whatever else is wrong.
    <T> Optional<T> peek(Key<T> key) {
        return new Configuration(settings, List.of()).find(key);
    }

    /// The configuration. Throws a [ConfigurationException] that lists everything that is wrong.
    public Configuration load() {
        Optional.ofNullable(settings.get(ServerKeys.TLS_KEY.name())).ifPresent(this::checkTlsKey);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Configuration(settings, warnings.stream().map(Problem::toString).toList());
    }

    private void checkTlsKey(Configuration.Setting setting) {
        if (setting.value() instanceof Path file) {
            checkSecret(
                    file, text -> new Problem(setting.origin(), ServerKeys.TLS_KEY.name(), text));
        }
    }

    /// A group that may read is common where services share keys, so that is only told.
    private void checkSecret(Path file, Function<String, Problem> problem) {
        Optional<String> open = FileRights.OWNER_AND_READING_GROUP.exceededBy(file);
        open.or(() -> FileRights.OWNER_ONLY.exceededBy(file))
                .map(problem)
                .ifPresent((open.isPresent() ? problems : warnings)::add);
    }

    private void variable(String variable, String value) {
        Optional<Schema.Match> match = Schema.variable(variable);
        if (match.isPresent()) {
            add(match.get(), entry(variable, match.get(), value));
            return;
        }
        Optional<Schema.Match> secret = secretFile(variable);
        if (secret.isPresent()) {
            content(variable, Path.of(value))
                    .ifPresent(text -> add(secret.get(), entry(variable, secret.get(), text)));
            return;
        }
        List<String> known = Keys.all().stream().map(Key::environmentVariable).toList();
        problems.add(
                new Problem(
                        "environment",
                        variable,
                        "is not a setting" + Suggestion.text(variable, known)));
    }

    private static Optional<Schema.Match> secretFile(String variable) {
        if (!variable.endsWith(FILE_SUFFIX)) {
            return Optional.empty();
        }
        String plain = variable.substring(0, variable.length() - FILE_SUFFIX.length());
        return Schema.variable(plain).filter(match -> match.key().secret());
    }

    /// Container systems hand out such files readable for all, so that is no reason to refuse.
    private Optional<String> content(String variable, Path file) {
        FileRights.OWNER_ONLY
                .exceededBy(file)
                .ifPresent(text -> warnings.add(new Problem("environment", variable, text)));
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            problems.add(new Problem("environment", variable, "cannot read " + file));
            return Optional.empty();
        }
    }

    private static Entry entry(String variable, Schema.Match match, String value) {
        List<String> items =
                match.key().type().many() ? List.of(value.split("\\s*,\\s*", -1)) : List.of(value);
        String name = match.key().name().replace("*", match.chosen());
        return new Entry("environment", variable, name, items);
    }

    private void add(Entry entry) {
        Optional<Schema.Match> match = Schema.key(entry.name());
        if (match.isPresent()) {
            add(match.get(), entry);
        } else {
            String suggestion = Suggestion.text(entry.name(), Schema.candidates(entry.name()));
            problems.add(
                    entry.problem(
                            Schema.isSection(entry.name())
                                    ? "has keys below it, it takes no value"
                                    : "unknown key" + suggestion));
        }
    }

    private void add(Schema.Match match, Entry entry) {
        try {
            Object value = match.key().type().read(entry.items());
            settings.put(
                    entry.name(),
                    new Configuration.Setting(match.key(), match.chosen(), value, entry.origin()));
        } catch (BadValueException e) {
            String message =
                    match.key().secret() ? "expected " + match.key().type().words() : e.text();
            problems.add(entry.problem(message));
        }
    }
}
