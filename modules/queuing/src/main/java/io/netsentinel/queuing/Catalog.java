package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Which segment holds which offsets. Never changes: a new one replaces it.
final class Catalog {

    private final Map<Integer, NavigableMap<Long, Extent>> extents;

    private Catalog(Map<Integer, NavigableMap<Long, Extent>> extents) {
        this.extents = extents;
    }

    static Catalog empty() {
        return new Catalog(Map.of());
    }

    /// The extent an offset is in, else the next one above it.
    Optional<Extent> atOrAbove(int channel, long offset) {
        NavigableMap<Long, Extent> of = of(channel);
        Map.Entry<Long, Extent> below = of.floorEntry(offset);
        if (below != null && below.getValue().last() >= offset) {
            return Optional.of(below.getValue());
        }
        return Optional.ofNullable(of.ceilingEntry(offset)).map(Map.Entry::getValue);
    }

    /// The extent an offset is in, else the next one below it.
    Optional<Extent> atOrBelow(int channel, long offset) {
        return Optional.ofNullable(of(channel).floorEntry(offset)).map(Map.Entry::getValue);
    }

    /// All extents of a channel, ascending.
    Collection<Extent> extents(int channel) {
        return of(channel).values();
    }

    /// The extents within one segment by channel.
    Map<Integer, List<Extent>> extents(Segment segment) {
        Map<Integer, List<Extent>> found = new HashMap<>();
        extents.forEach((channel, of) -> {
            List<Extent> list = of.values().stream().filter(e -> e.segment() == segment).toList();
            if (!list.isEmpty()) {
                found.put(channel, list);
            }
        });
        return found;
    }

    private NavigableMap<Long, Extent> of(int channel) {
        return extents.getOrDefault(channel, new TreeMap<>());
    }

    /// The same without a segment.
    Catalog without(Segment segment) {
        Map<Integer, NavigableMap<Long, Extent>> changed = copy();
        changed.values().forEach(of -> of.values().removeIf(e -> e.segment() == segment));
        return new Catalog(changed);
    }

    /// The same with an extent more; where others hold some of its offsets already, they keep them.
    Catalog with(int channel, Extent extent) {
        Map<Integer, NavigableMap<Long, Extent>> changed = copy();
        NavigableMap<Long, Extent> of = changed.computeIfAbsent(channel, _ -> new TreeMap<>());
        for (Extent free : uncovered(of, extent)) {
            of.put(free.first(), free);
        }
        return new Catalog(changed);
    }

    /// The same with a channel's open extent, if there is one, ended at its last offset.
    Catalog endingAt(int channel, long tail, long lastTime) {
        Map<Integer, NavigableMap<Long, Extent>> changed = copy();
        NavigableMap<Long, Extent> of = changed.computeIfAbsent(channel, _ -> new TreeMap<>());
        Map.Entry<Long, Extent> open = of.lastEntry();
        if (open != null && open.getValue().last() == Long.MAX_VALUE) {
            Extent extent = open.getValue();
            of.remove(extent.first());
            if (extent.first() <= tail) {
                of.put(
                        extent.first(),
                        new Extent(
                                extent.segment(),
                                extent.first(),
                                tail,
                                extent.firstTime(),
                                lastTime));
            }
        }
        return new Catalog(changed);
    }

    private static List<Extent> uncovered(NavigableMap<Long, Extent> of, Extent extent) {
        List<Extent> free = new ArrayList<>();
        long at = extent.first();
        for (Extent taken : of.values()) {
            if (taken.last() >= at && taken.first() <= extent.last()) {
                addUnlessEmpty(free, extent.within(at, taken.first() - 1));
                at = taken.last() == Long.MAX_VALUE ? Long.MAX_VALUE : taken.last() + 1;
            }
        }
        if (at != Long.MAX_VALUE) {
            addUnlessEmpty(free, extent.within(at, Long.MAX_VALUE));
        }
        return free;
    }

    private static void addUnlessEmpty(List<Extent> list, Extent extent) {
        if (!extent.empty()) {
            list.add(extent);
        }
    }

    private Map<Integer, NavigableMap<Long, Extent>> copy() {
        Map<Integer, NavigableMap<Long, Extent>> copy = new HashMap<>();
        extents.forEach((channel, of) -> copy.put(channel, new TreeMap<>(of)));
        return copy;
    }
}
