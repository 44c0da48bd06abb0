package io.netsentinel.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the key a name belongs to.
final class Schema {
    /// A key and the name the user chose for its `*`, empty when it has none.
    record Match(Key<?> key, String chosen) {}

    private Schema() {}

    static Optional<Match> key(String name) {
        return Keys.all().stream()
                .flatMap(key -> match(key, key.name(), name, ".").stream())
                .findFirst();
    }

    /// The key an environment variable sets (without a `_FILE` at its end). Of two that end alike,
    /// such as `hidden-url` and `url`, it is the longer one.
    static Optional<Match> variable(String variable) {
        return Keys.all().stream()
                .flatMap(key -> match(key, key.environmentVariable(), variable, "").stream())
                .max(Comparator.comparingInt(match -> match.key().name().length()))
                .map(m ->
                        new Match(m.key(), m.chosen().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private static Optional<Match> match(
            Key<?> key, String pattern, String name, String separator) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name) ? Optional.of(new Match(key, "")) : Optional.empty();
        }
        String head = pattern.substring(0, star);
        String tail = pattern.substring(star + 1);
        if (name.length() <= head.length() + tail.length()
                || !name.startsWith(head)
                || !name.endsWith(tail)) {
            return Optional.empty();
        }
        String chosen = name.substring(head.length(), name.length() - tail.length());
        // names of channels have dots themselves
        boolean onePart =
                tail.isEmpty()
                        || separator.isEmpty()
                        || head.equals("channels.")
                        || !chosen.contains(separator);
        return onePart ? Optional.of(new Match(key, chosen)) : Optional.empty();
    }

    /// Whether keys stand below a name.
    static boolean isSection(String name) {
        String[] parts = name.split("\\.", -1);
        return Keys.all().stream().anyMatch(key -> isBelow(key.name().split("\\.", -1), parts));
    }

    private static boolean isBelow(String[] key, String[] section) {
        if (key.length <= section.length) {
            return false;
        }
        for (int i = 0; i < section.length; i++) {
            if (!key[i].equals(section[i]) && !key[i].equals("*")) {
                return false;
            }
        }
        return true;
    }

    /// Every key a name may have been meant for, with the name's own part in place of a `*`.
    static List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>();
        for (Key<?> key : Keys.all()) {
            int star = key.name().indexOf('*');
            if (star < 0) {
                candidates.add(key.name());
            } else if (name.startsWith(key.name().substring(0, star))) {
                int end = name.indexOf('.', star);
                String chosen = name.substring(star, end < 0 ? name.length() : end);
                candidates.add(key.name().replace("*", chosen));
            }
        }
        return candidates;
    }
}
