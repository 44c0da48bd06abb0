package io.netsentinel.tracing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;

/// Traced events that wait for their commit. They are found again by their payload, which the log
/// hands on as it got it: so nothing need be carried through the log, and the event need not say
/// that it is traced. What is never committed is pushed out by what comes. Any thread.
final class Arrivals {
    private final int most;
    private final IdentityHashMap<byte[], Arrival> waiting = new IdentityHashMap<>();
    private final Deque<byte[]> ages = new ArrayDeque<>();
    private volatile boolean none = true;

    Arrivals(int most) {
        this.most = most;
    }

    /// @param root id of its first span
    /// @param left on how many channels it has not been seen yet
    record Arrival(Taken taken, String trace, String root, int left) {
        /// Whether it was not seen on any channel before.
        boolean first() {
            return left == taken.copies();
        }
    }

    boolean none() {
        return none;
    }

    synchronized void add(byte[] payload, Taken taken, String trace) {
        while (ages.size() >= most) {
            waiting.remove(ages.removeFirst());
        }
        ages.addLast(payload);
        waiting.put(payload, new Arrival(taken, trace, Ids.span(), taken.copies()));
        none = false;
    }

    synchronized Optional<Arrival> seen(byte[] payload) {
        Arrival arrival = waiting.get(payload);
        if (arrival == null) {
            return Optional.empty();
        }
        if (arrival.left() > 1) {
            waiting.put(
                    payload,
                    new Arrival(
                            arrival.taken(), arrival.trace(), arrival.root(), arrival.left() - 1));
        } else {
            waiting.remove(payload);
            none = waiting.isEmpty();
        }
        return Optional.of(arrival);
    }
}
