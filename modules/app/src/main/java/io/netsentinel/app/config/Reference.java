package io.netsentinel.app.config;

import io.netsentinel.transport.EffectiveSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The texts made from the list of keys.
public final class Reference {
    private static final int WIDTH = 96;

    private Reference() {}

    /// A configuration file in which every key stands as a comment with its default, ready to be
    /// uncommented.
    public static String yaml() {
        StringBuilder text = new StringBuilder();
        text.append(
                "# NetSentinel. Every key is shown with its default; remove the # before a key to change it.\n");
        text.append(
                "# `netsentinel check` says what is wrong with this file, `netsentinel config` what is in force.\n");
        for (Section section : Keys.sections()) {
            text.append("\n# ---- ").append(section.title()).append(" ----\n");
            wrap(section.intro(), WIDTH - 2)
                    .forEach(line -> text.append("# ").append(line).append('\n'));
            yaml(section.keys(), text);
        }
        return text.toString();
    }

    private static void yaml(List<Key<?>> keys, StringBuilder text) {
        List<String> open = List.of();
        for (Key<?> key : keys) {
            List<String> parts = Arrays.asList(key.name().split("\\.", -1));
            List<String> parents = parts.subList(0, parts.size() - 1);
            int common = common(open, parents);
            text.append('\n');
            for (int depth = common; depth < parents.size(); depth++) {
                // A chosen name is an example, so it is commented out as its keys are.
                String parent = parents.get(depth);
                String line = parent.equals("*") ? "# NAME:" : parent + ":";
                text.append("  ".repeat(depth)).append(line).append('\n');
            }
            String indent = "  ".repeat(parents.size());
            wrap(key.help(), WIDTH - indent.length() - 2)
                    .forEach(line -> text.append(indent).append("# ").append(line).append('\n'));
            String name = parts.getLast().equals("*") ? "NAME" : parts.getLast();
            text.append(indent)
                    .append("# ")
                    .append(name)
                    .append(": ")
                    .append(value(key))
                    .append('\n');
            open = parents;
        }
    }

    private static int common(List<String> left, List<String> right) {
        int common = 0;
        while (common < Math.min(left.size(), right.size())
                && left.get(common).equals(right.get(common))) {
            common++;
        }
        return common;
    }

    private static String value(Key<?> key) {
        String text = key.fallback().isPresent() ? key.fallbackText() : key.example();
        return key.type().many() ? "[" + text + "]" : text;
    }

    /// The reference in Markdown, as in `docs/configuration.md`.
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        for (Section section : Keys.sections()) {
            text.append("\n## ")
                    .append(section.title())
                    .append("\n\n")
                    .append(section.intro())
                    .append("\n\n");
            text.append("| key | value | default | meaning |\n|---|---|---|---|\n");
            for (Key<?> key : section.keys()) {
                text.append(row(key));
            }
        }
        return text.toString();
    }

    private static String row(Key<?> key) {
        String secret =
                key.secret()
                        ? " A secret: `"
                                + key.environmentVariable()
                                + "_FILE` names a file with it."
                        : "";
        return String.format(
                "| `%s` | %s | %s | %s%s |%n",
                key.name(),
                key.type().words(),
                key.fallback().isPresent() ? "`" + key.fallbackText() + "`" : "-",
                key.help(),
                secret);
    }

    /// The reference for a terminal.
    public static String plain() {
        StringBuilder text = new StringBuilder();
        for (Section section : Keys.sections()) {
            text.append(section.title()).append(": ").append(section.intro()).append("\n\n");
            for (Key<?> key : section.keys()) {
                text.append("  ").append(key.name()).append('\n');
                wrap(key.help().replace("`", ""), WIDTH - 6)
                        .forEach(line -> text.append("      ").append(line).append('\n'));
                text.append("      ").append(key.type().words());
                text.append(
                        key.fallback().isPresent()
                                ? "; default " + key.fallbackText()
                                : "; no default");
                text.append("; ").append(key.environmentVariable()).append("\n\n");
            }
        }
        return text.toString();
    }

    /// The settings in force, as a YAML document with secrets masked and the origin of what is not
    /// a default.
    public static String effective(Configuration configuration) {
        return settings(configuration).sections().stream()
                        .flatMap(section -> section.settings().stream())
                        .filter(one -> !one.value().isEmpty())
                        .map(one ->
                                one.name()
                                        + ": "
                                        + one.value()
                                        + (one.given() ? "  # " + one.origin() : ""))
                        .sorted()
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    /// The settings in force with secrets masked, for people: those that were given, and the
    /// defaults of the others; of a key that is set for chosen names, each of them.
    public static EffectiveSettings settings(Configuration configuration) {
        return new EffectiveSettings(
                Keys.sections().stream()
                        .map(section ->
                                new EffectiveSettings.Section(
                                        section.title(),
                                        section.keys().stream()
                                                .flatMap(key -> settings(configuration, key))
                                                .toList()))
                        .toList());
    }

    private static Stream<EffectiveSettings.Setting> settings(
            Configuration configuration, Key<?> key) {
        List<EffectiveSettings.Setting> given =
                configuration.given().stream()
                        .filter(setting -> setting.key().equals(key))
                        .map(setting ->
                                setting(
                                        key.name().replace("*", setting.chosen()),
                                        key,
                                        shown(setting.key(), setting.value()),
                                        setting.origin()))
                        .toList();
        if (!given.isEmpty() || key.named()) {
            return given.stream();
        }
        String value = key.fallback().isPresent() ? value(key) : "";
        return Stream.of(setting(key.name(), key, value, "default"));
    }

    private static EffectiveSettings.Setting setting(
            String name, Key<?> key, String value, String origin) {
        String fallback = key.fallback().isPresent() ? value(key) : "";
        return new EffectiveSettings.Setting(name, value, origin, fallback, key.help());
    }

    @SuppressWarnings("unchecked") // the value was read by this key's own type
    private static <T> String shown(Key<T> key, Object value) {
        if (key.secret()) {
            return "********";
        }
        String text = String.join(", ", key.type().writer().apply((T) value));
        return key.type().many() ? "[" + text + "]" : text;
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
