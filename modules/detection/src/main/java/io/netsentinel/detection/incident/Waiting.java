package io.netsentinel.detection.incident;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The latest evidence, whether it is in an incident or not: what came before the alert that makes
/// an incident of it is looked up here. Bounded by number, oldest arrivals go first.
final class Waiting {
    static final int MOST = 10_000;

    /// The most that one key finds: a flood between two hosts does not make each alert of it
    /// slower.
    private static final int MOST_OF_A_KEY = 1_000;

    private final Deque<Evidence> all = new ArrayDeque<>();
    private final Map<String, Shelf> byKey = new HashMap<>();

    void add(Evidence evidence) {
        all.addLast(evidence);
        index(evidence).forEach(key -> byKey.computeIfAbsent(key, _ -> new Shelf()).add(evidence));
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
            Shelf shelf = byKey.get(key);
            if (shelf != null) {
                shelf.remove(evidence);
                if (shelf.arrivals.isEmpty()) {
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
        Shelf shelf = byKey.get(key);
        if (shelf != null) {
            shelf.near(time, window, found::add);
        }
        return found;
    }

    /// Hands over what [#near(String, long, long)] finds to an incident that keeps it: what the
    /// same one was given before is left out, so a flood does not cost more with every alert of it.
    void gather(String key, String incident, long time, long window, Consumer<Evidence> action) {
        Shelf shelf = byKey.get(key);
        if (shelf != null) {
            shelf.gather(incident, time, window, action);
        }
    }

    /// Alerts of the same rule between the same hosts.
    List<Evidence> repetitions(Evidence of, long window) {
        return of.repetition().isEmpty()
                ? List.of()
                : near("r|" + of.repetition(), of.time(), window);
    }

    /// What arrived under one key, oldest first, and which of it the incident that asked last was
    /// not given yet.
    private static final class Shelf {
        private final Deque<Evidence> arrivals = new ArrayDeque<>();
        private final Deque<Evidence> pending = new ArrayDeque<>();
        private String incident = "";

        void add(Evidence evidence) {
            arrivals.addLast(evidence);
            if (!incident.isEmpty()) {
                pending.addLast(evidence);
                if (pending.size() > MOST_OF_A_KEY) {
                    pending.removeFirst();
                }
            }
        }

        /// Takes out the oldest arrival.
        void remove(Evidence oldest) {
            arrivals.remove(oldest);
            if (pending.peekFirst() == oldest) {
                pending.removeFirst();
            }
        }

        void near(long time, long window, Consumer<Evidence> action) {
            int looked = 0;
            for (var newest = arrivals.descendingIterator();
                    newest.hasNext() && looked < MOST_OF_A_KEY;
                    looked++) {
                Evidence evidence = newest.next();
                if (evidence.near(time, window)) {
                    action.accept(evidence);
                }
            }
        }

        void gather(String of, long time, long window, Consumer<Evidence> action) {
            if (!incident.equals(of)) {
                incident = of;
                pending.clear();
                arrivals.stream()
                        .skip(Math.max(0, arrivals.size() - MOST_OF_A_KEY))
                        .forEach(pending::addLast);
            }
            pending.removeIf(evidence -> {
                boolean near = evidence.near(time, window);
                if (near) {
                    action.accept(evidence);
                }
                return near;
            });
        }
    }
}
