package io.netsentinel.detection.finding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// One account for each host or pair, the least recently used given up when there are too many: an
/// attack from millions of invented addresses must not take all memory.
///
/// @param <A> the account
final class Accounts<A> {
    private final Map<String, A> accounts = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final Supplier<A> empty;
    private volatile int size;
    private final AtomicLong evicted = new AtomicLong();

    Accounts(int most, Supplier<A> empty) {
        this.most = most;
        this.empty = empty;
    }

    /// The account of this key, a new one if there is none.
    A of(String key) {
        A known = accounts.get(key);
        if (known != null) {
            return known;
        }
        A fresh = empty.get();
        accounts.put(key, fresh);
        if (accounts.size() > most) {
            accounts.remove(accounts.keySet().iterator().next());
            evicted.incrementAndGet();
        }
        size = accounts.size();
        return fresh;
    }

    int size() {
        return size;
    }

    long evicted() {
        return evicted.get();
    }
}
