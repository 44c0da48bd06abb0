package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Sighting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts different things within a time, whatever the order in which they are told of. Time is cut
/// into slots; a window is as many slots as its length holds, so that it is at most one slot
/// shorter than it says.
final class Distinct {
    private static final int SLOTS = 20;

    /// How much later than others an event may be told of, in windows.
    private static final int LATENESS = 3;

    /// More than any threshold times the slots that are kept: past this, more says nothing new.
    private static final int MOST = 4_096;

    private static final int FIRST_ROOM = 2;

    private final long slotMillis;
    private final Trail trail = new Trail();

    /// Slot in the upper half, hash in the lower, ascending.
    private long[] entries = new long[FIRST_ROOM];

    private int size;

    /// What a window held.
    ///
    /// @param count different things, at least
    /// @param weight of all of them together
    /// @param first when the slot of the first of them begins, milliseconds since 1970
    record Count(int count, long weight, long first) {
        double meanWeight() {
            return count == 0 ? 0 : (double) weight / count;
        }
    }

    Distinct(long windowMillis) {
        this.slotMillis = Math.max(1, windowMillis / SLOTS);
    }

    /// Counts a thing.
    ///
    /// @param thing says which one, from [#thing(int, Object...)]
    /// @return whether it is new in its slot
    boolean add(int thing, Sighting sighting) {
        int slot = slot(sighting.at());
        long entry = (long) slot << Integer.SIZE | Integer.toUnsignedLong(thing);
        int at = Arrays.binarySearch(entries, 0, size, entry);
        if (at >= 0 || size == MOST) {
            return false;
        }
        insert(-at - 1, entry);
        trail.add(sighting);
        forget(slotOf(entries[size - 1]) - SLOTS * (LATENESS + 1));
        return true;
    }

    /// The fullest window that holds this time.
    ///
    /// @param enough it is not looked for when there are fewer things in all
    Count fullest(long at, int enough) {
        Count best = new Count(0, 0, at);
        if (size < enough) {
            return best;
        }
        Window window = new Window();
        int slot = slot(at);
        int begin = at(slot - SLOTS + 1);
        int end = begin;
        for (int from = slot - SLOTS + 1; from <= slot; from++) {
            while (end < size && slotOf(entries[end]) < from + SLOTS) {
                window.enter((int) entries[end++]);
            }
            while (begin < end && slotOf(entries[begin]) < from) {
                window.leave((int) entries[begin++]);
            }
            if (window.count() > best.count()) {
                best =
                        new Count(
                                window.count(),
                                window.weight(),
                                slotOf(entries[begin]) * slotMillis);
            }
        }
        return best;
    }

    /// Where the entries of a slot and those after it begin.
    private int at(int slot) {
        int found = Arrays.binarySearch(entries, 0, size, (long) slot << Integer.SIZE);
        return found < 0 ? -found - 1 : found;
    }

    /// What lies in a window that moves on; a thing in several slots of it counts once.
    private static final class Window {
        private final Map<Integer, Integer> times = new HashMap<>();
        private long weight;

        void enter(int thing) {
            if (times.merge(thing, 1, Integer::sum) == 1) {
                weight += weightOf(thing);
            }
        }

        void leave(int thing) {
            if (times.computeIfPresent(thing, (_, n) -> n == 1 ? null : n - 1) == null) {
                weight -= weightOf(thing);
            }
        }

        int count() {
            return times.size();
        }

        long weight() {
            return weight;
        }
    }

    List<Place> places() {
        return trail.places();
    }

    private void insert(int at, long entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        entries[at] = entry;
        size++;
    }

    private void forget(int before) {
        int old = 0;
        while (old < size && slotOf(entries[old]) < before) {
            old++;
        }
        if (old > 0) {
            System.arraycopy(entries, old, entries, 0, size - old);
            size -= old;
        }
    }

    private int slot(long at) {
        return (int) Math.floorDiv(at, slotMillis);
    }

    private static int slotOf(long entry) {
        return (int) (entry >> Integer.SIZE);
    }

    /// A number for a thing: three bytes of hash and one of weight.
    ///
    /// @param weight 0 to 255
    /// @param parts what makes it another thing
    static int thing(int weight, Object... parts) {
        int hash = Arrays.hashCode(parts) * 0x9E37_79B9;
        return (hash ^ hash >>> 15) << Byte.SIZE | weight;
    }

    private static int weightOf(int thing) {
        return thing & 0xFF;
    }
}
