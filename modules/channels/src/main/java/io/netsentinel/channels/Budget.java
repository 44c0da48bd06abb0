package io.netsentinel.channels;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The one limit for all events held in memory. When it is passed, the ranges held longest go
/// first, whosever they are; only the newest one always stays, so that whoever asked for it gets
/// on.
///
/// What was read from the log has a small part of it: it is needed for the moment it takes to go
/// through it. Kept longer it would push out what is new, and die old, which the garbage collector
/// pays for with long pauses.
final class Budget {
    /// What was read may have one part in so many, but not less than it takes to read on while the
    /// page before is sent.
    private static final int PARTS = 8;

    private static final long ENOUGH = 4L << 20;

    private final long limit;
    private final Held fresh = new Held();
    private final Held read = new Held();

    Budget(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    synchronized void hold(Range range, Ranges<?> owner) {
        Held held = held(range);
        held.ranges.put(range, owner);
        held.used += range.total();
        evict(held);
    }

    /// Something was added to a range.
    synchronized void grow(Range range, long bytes) {
        Held held = held(range);
        if (held.ranges.containsKey(range)) {
            range.add(bytes);
            held.used += bytes;
            evict(held);
        }
    }

    private void evict(Held grown) {
        read.shrink(Math.max(limit / PARTS, Math.min(limit / 2, ENOUGH)), grown == read);
        fresh.shrink(limit - read.used, grown == fresh);
    }

    synchronized void release(Range range) {
        Held held = held(range);
        if (held.ranges.remove(range) != null) {
            held.used -= range.total();
        }
    }

    synchronized long used() {
        return fresh.used + read.used;
    }

    private Held held(Range range) {
        return switch (range.lane()) {
            case NEW -> fresh;
            case READ -> read;
        };
    }

    /// The ranges of one lane, the oldest first.
    private static final class Held {
        private final LinkedHashMap<Range, Ranges<?>> ranges = new LinkedHashMap<>();
        private long used;

        void shrink(long most, boolean newestStays) {
            Iterator<Map.Entry<Range, Ranges<?>>> oldest = ranges.entrySet().iterator();
            while (used > most && ranges.size() > (newestStays ? 1 : 0)) {
                Map.Entry<Range, Ranges<?>> victim = oldest.next();
                victim.getValue().forget(victim.getKey());
                used -= victim.getKey().total();
                oldest.remove();
            }
        }
    }
}
