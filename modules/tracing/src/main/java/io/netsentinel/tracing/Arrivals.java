package io.netsentinel.tracing;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Traced events that wait for their commit. They are found again by their payload, which the log
/// hands on as it got it: so nothing need be carried through the log, and the event need not say
/// that it is traced. What is never committed (the log refuses it, or a repeated key has it
/// already) is pushed out by what comes, or given up after some time. Any thread.
final class Arrivals {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private final int most;
    private final long mostBytes;
    private final Map<Payload, Arrival> waiting = new LinkedHashMap<>();
    private long bytes;
    private volatile boolean none = true;

    /// @param mostBytes how large all that wait may be together; one alone may be larger
    Arrivals(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /// @param root id of its first span
    /// @param left on how many channels it has not been seen yet
    /// @param since when it began to wait
    record Arrival(Taken taken, String trace, String root, int left, long since) {
        /// Whether it was not seen on any channel before.
        boolean first() {
            return left == taken.copies();
        }

        private Arrival once() {
            return new Arrival(taken, trace, root, left - 1, since);
        }
    }

    /// The very array: two events may read the same.
    private static final class Payload {
        private final byte[] array;

        Payload(byte[] array) {
            this.array = array;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the very array is what it is found by
        public boolean equals(Object other) {
            return other instanceof Payload payload && payload.array == array;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(array);
        }
    }

    boolean none() {
        return none;
    }

    /// How large all that wait are together.
    synchronized long bytes() {
        return bytes;
    }

    /// @param now in nanoseconds, of a clock that does not jump
    synchronized void add(byte[] payload, Taken taken, String trace, long now) {
        giveUp(now);
        while (waiting.size() >= most || (bytes + payload.length > mostBytes && bytes > 0)) {
            removeOldest();
        }
        waiting.put(
                new Payload(payload), new Arrival(taken, trace, Ids.span(), taken.copies(), now));
        bytes += payload.length;
        none = false;
    }

    /// @param now in nanoseconds, of the same clock
    synchronized Optional<Arrival> seen(byte[] payload, long now) {
        giveUp(now);
        Payload key = new Payload(payload);
        Arrival arrival = waiting.get(key);
        if (arrival == null) {
            return Optional.empty();
        }
        if (arrival.left() > 1) {
            waiting.put(key, arrival.once());
        } else {
            waiting.remove(key);
            removed(payload);
        }
        return Optional.of(arrival);
    }

    private void giveUp(long now) {
        while (!waiting.isEmpty() && now - waiting.values().iterator().next().since() > PATIENCE) {
            removeOldest();
        }
    }

    private void removeOldest() {
        Iterator<Payload> oldest = waiting.keySet().iterator();
        byte[] payload = oldest.next().array;
        oldest.remove();
        removed(payload);
    }

    private void removed(byte[] payload) {
        bytes -= payload.length;
        none = waiting.isEmpty();
    }
}
