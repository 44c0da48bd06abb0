package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Kind;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The kinds of sources or of sinks there are.
///
/// @param <K> what makes one
public final class Kinds<K extends Kind> {
    private final String word;
    private final Map<String, K> kinds;

    private Kinds(String word, Iterable<K> found) {
        this.word = word;
        Map<String, K> byName = new TreeMap<>();
        found.forEach(kind -> byName.put(kind.kind(), kind));
        this.kinds = Collections.unmodifiableMap(byName);
    }

    /// The kinds of sources.
    public static Kinds<SourceFactory> sources() {
        return new Kinds<>("source", ServiceLoader.load(SourceFactory.class));
    }

    /// The kinds of sinks.
    public static Kinds<SinkFactory> sinks() {
        return new Kinds<>("sink", ServiceLoader.load(SinkFactory.class));
    }

    /// All of them, by their names.
    public Collection<K> all() {
        return kinds.values();
    }

    /// The kind of that name.
    ///
    /// @throws IllegalArgumentException when there is none, naming those there are
    public K require(String kind) {
        K found = kinds.get(kind);
        if (found == null) {
            throw new IllegalArgumentException(
                    "kind: there is no '"
                            + kind
                            + "'; there are "
                            + String.join(", ", kinds.keySet()));
        }
        return found;
    }

    /// The options of a kind; none of one there is not.
    List<Option> optionsOf(String kind) {
        K found = kinds.get(kind);
        return found == null ? List.of() : found.options();
    }

    /// Checks that one may be made over HTTP.
    ///
    /// @throws IllegalArgumentException when none of its kind may
    void checkLimitable(String kind) {
        if (!require(kind).limitable()) {
            throw new IllegalArgumentException(
                    "kind: a "
                            + word
                            + " of kind "
                            + kind
                            + " can only be made in the server's configuration");
        }
    }

    /// Checks that options of the same name have the same type in all kinds.
    ///
    /// @throws IllegalArgumentException naming one that has not
    public void checkTypes() {
        Map<String, Option> seen = new TreeMap<>();
        for (K kind : all()) {
            for (Option option : kind.options()) {
                Option other = seen.putIfAbsent(option.name(), option);
                if (other != null && !other.type().equals(option.type())) {
                    throw new IllegalArgumentException(
                            kind.kind()
                                    + ": its option "
                                    + option.name()
                                    + " is of another type in another kind");
                }
            }
        }
    }

    /// Checks that a kind has all of these options.
    ///
    /// @throws IllegalArgumentException naming the first it has not, and those it has
    public void checkOptions(String kind, Set<String> options) {
        Set<String> known =
                require(kind).options().stream().map(Option::name).collect(Collectors.toSet());
        for (String option : options) {
            if (!known.contains(option)) {
                throw new IllegalArgumentException(
                        option
                                + ": not of a "
                                + word
                                + " of kind "
                                + kind
                                + ", which has "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }
}
