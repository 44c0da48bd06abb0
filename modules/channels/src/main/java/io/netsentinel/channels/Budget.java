package io.netsentinel.channels;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The one limit for all events held in memory. When it is passed, the ranges held longest go
/// first, whosever they are; only the newest one always stays, so that whoever asked for it gets
/// on.
final class Budget {
    private final long limit;
    private final LinkedHashMap<Range, Ranges<?>> held = new LinkedHashMap<>();
    private long used;

    Budget(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    synchronized void hold(Range range, Ranges<?> owner) {
        held.put(range, owner);
        used += range.total();
        evict();
    }

    /// Something was added to a range.
    synchronized void grow(Range range, long bytes) {
        if (held.containsKey(range)) {
            range.add(bytes);
            used += bytes;
            evict();
        }
    }

    private void evict() {
        Iterator<Map.Entry<Range, Ranges<?>>> oldest = held.entrySet().iterator();
        while (used > limit && held.size() > 1) {
            Map.Entry<Range, Ranges<?>> victim = oldest.next();
            victim.getValue().forget(victim.getKey());
            used -= victim.getKey().total();
            oldest.remove();
        }
    }

    synchronized void release(Range range) {
        if (held.remove(range) != null) {
            used -= range.total();
        }
    }

    synchronized long used() {
        return used;
    }
}
