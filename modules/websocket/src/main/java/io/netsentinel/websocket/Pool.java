package io.netsentinel.websocket;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Things with native memory, made when needed and kept for the next one who needs one. Whoever has
/// one does not block while having it, so there are hardly more than processors.
final class Pool<T> implements AutoCloseable {
    private final ArrayDeque<T> free = new ArrayDeque<>();
    private final Supplier<T> source;
    private final Consumer<T> end;
    private int places;

    /// @param places how many are kept at most
    /// @param end gives the native memory back
    Pool(int places, Supplier<T> source, Consumer<T> end) {
        this.places = places;
        this.source = source;
        this.end = end;
    }

    T take() {
        T one = poll();
        return one == null ? source.get() : one;
    }

    void give(T one) {
        if (!keep(one)) {
            end.accept(one);
        }
    }

    /// Ends what is free now, and from now on everything that is given.
    @Override
    public synchronized void close() {
        places = 0;
        free.forEach(end);
        free.clear();
    }

    private synchronized @org.jspecify.annotations.Nullable T poll() {
        return free.pollLast();
    }

    private synchronized boolean keep(T one) {
        if (free.size() >= places) {
            return false;
        }
        free.addLast(one);
        return true;
    }
}
