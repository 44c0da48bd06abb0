package io.netsentinel.detection.incident;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The latest evidence, whether it is in an incident or not: what came before the alert that makes
/// an incident of it is looked up here. Bounded by number, oldest arrivals go first.
final class Waiting {
    static final int MOST = 10_000;

    /// The most that one key finds: a flood between two hosts does not make each alert of it
    /// slower.
    private static final int MOST_OF_A_KEY = 1_000;

    private final Deque<Evidence> all = new ArrayDeque<>();
    private final Map<String, Deque<Evidence>> byKey = new HashMap<>();

    void add(Evidence evidence) {
        all.addLast(evidence);
        index(evidence)
                .forEach(key ->
                        byKey.computeIfAbsent(key, _ -> new ArrayDeque<>()).addLast(evidence));
        if (all.size() > MOST) {
            forget(all.removeFirst());
        }
    }

    private static List<String> index(Evidence evidence) {
        List<String> keys = new ArrayList<>(evidence.keys());
        if (!evidence.repetition().isEmpty()) {
            keys.add("r|" + evidence.repetition());
        }
        return keys;
    }

    private void forget(Evidence evidence) {
        for (String key : index(evidence)) {
            Deque<Evidence> of = byKey.get(key);
            if (of != null) {
                of.remove(evidence);
                if (of.isEmpty()) {
                    byKey.remove(key);
                }
            }
        }
    }

    /// Everything, oldest arrivals first.
    Iterable<Evidence> all() {
        return all;
    }

    /// What shares a key and lies at most `window` milliseconds away; the latest arrivals when
    /// there is too much of it.
    List<Evidence> near(String key, long time, long window) {
        List<Evidence> found = new ArrayList<>();
        Deque<Evidence> of = byKey.getOrDefault(key, new ArrayDeque<>());
        int looked = 0;
        for (var newest = of.descendingIterator();
                newest.hasNext() && looked < MOST_OF_A_KEY;
                looked++) {
            Evidence evidence = newest.next();
            if (Math.abs(evidence.time() - time) <= window) {
                found.add(evidence);
            }
        }
        return found;
    }

    /// Alerts of the same rule between the same hosts.
    List<Evidence> repetitions(Evidence of, long window) {
        return of.repetition().isEmpty()
                ? List.of()
                : near("r|" + of.repetition(), of.time(), window);
    }
}
