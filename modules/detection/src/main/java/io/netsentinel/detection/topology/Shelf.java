package io.netsentinel.detection.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bounded number of things, the least recently touched given up first. What is outside the
/// network goes first while it takes more than a quarter: an attack from invented addresses pushes
/// out others of its kind.
///
/// @param <V> the things
final class Shelf<V> {
    private final Map<String, V> inside = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, V> outside = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    Shelf(int most) {
        this.most = most;
    }

    Optional<V> find(String key, boolean isInside) {
        return Optional.ofNullable(of(isInside).get(key));
    }

    /// Adds one that is not there yet.
    ///
    /// @return the one that has to go for it
    Optional<V> add(String key, boolean isInside, V value) {
        of(isInside).put(key, value);
        if (inside.size() + outside.size() <= most) {
            return Optional.empty();
        }
        Map<String, V> victims = outside.size() > most / 4 || inside.size() <= 1 ? outside : inside;
        String oldest = victims.keySet().iterator().next();
        return Optional.ofNullable(victims.remove(oldest));
    }

    void remove(String key, boolean isInside) {
        of(isInside).remove(key);
    }

    int size() {
        return inside.size() + outside.size();
    }

    Collection<V> all() {
        List<V> all = new ArrayList<>(size());
        all.addAll(inside.values());
        all.addAll(outside.values());
        return all;
    }

    private Map<String, V> of(boolean isInside) {
        return isInside ? inside : outside;
    }
}
