package io.netsentinel.detection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Answers that take some time to find. One is given out again until it is so old that finding it
/// anew costs a twentieth of the time at most: cheap ones are always fresh, dear ones cannot take
/// up the machine. For each question one caller at a time looks; meanwhile the others get the
/// answer before, or wait when there is none.
final class Remembered<K, V> {
    private static final int SHARE = 20;
    private static final int MOST = 256;

    private final Map<K, Slot<V>> slots =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Slot<V>> eldest) {
                    return size() > MOST;
                }
            };

    private record Answer<V>(V value, long freshUntil) {
        boolean fresh() {
            return System.nanoTime() - freshUntil < 0;
        }
    }

    private static final class Slot<V> {
        private final ReentrantLock looking = new ReentrantLock();
        private volatile Optional<Answer<V>> answer = Optional.empty();

        V get(Supplier<V> find) {
            Optional<Answer<V>> known = answer;
            if (known.isPresent() && (known.get().fresh() || !looking.tryLock())) {
                return known.get().value();
            }
            if (known.isEmpty()) {
                looking.lock();
            }
            try {
                Answer<V> now = answer.filter(Answer::fresh).orElseGet(() -> find(find));
                answer = Optional.of(now);
                return now.value();
            } finally {
                looking.unlock();
            }
        }

        private static <V> Answer<V> find(Supplier<V> find) {
            long started = System.nanoTime();
            V value = find.get();
            long ended = System.nanoTime();
            return new Answer<>(value, ended + SHARE * (ended - started));
        }
    }

    V get(K question, Supplier<V> find) {
        Slot<V> slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(question, _ -> new Slot<>());
        }
        return slot.get(find);
    }
}
