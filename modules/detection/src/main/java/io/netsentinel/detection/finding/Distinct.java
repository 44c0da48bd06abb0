package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Sighting;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    /// @param first when the slot of the first of them begins, milliseconds since 1970
    record Count(int count, long first) {}

    Distinct(long windowMillis) {
        this.slotMillis = Math.max(1, windowMillis / SLOTS);
    }

    /// Counts a thing.
    ///
    /// @param hash says which one
    /// @return whether it is new in its slot
    boolean add(int hash, Sighting sighting) {
        int slot = slot(sighting.at());
        long entry = (long) slot << Integer.SIZE | Integer.toUnsignedLong(hash);
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
        Count best = new Count(0, at);
        if (size < enough) {
            return best;
        }
        int slot = slot(at);
        for (int from = slot - SLOTS + 1; from <= slot; from++) {
            int count = between(from, from + SLOTS);
            if (count > best.count()) {
                best = new Count(count, firstSlot(from) * slotMillis);
            }
        }
        return best;
    }

    List<Place> places() {
        return trail.places();
    }

    private int between(int from, int to) {
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < size; i++) {
            int slot = slotOf(entries[i]);
            if (slot >= from && slot < to) {
                different.add((int) entries[i]);
            }
        }
        return different.size();
    }

    /// The first slot from this one on that holds anything.
    private int firstSlot(int from) {
        for (int i = 0; i < size; i++) {
            if (slotOf(entries[i]) >= from) {
                return slotOf(entries[i]);
            }
        }
        return from;
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

    /// A hash of what makes a thing.
    static int hash(Object... parts) {
        int hash = Arrays.hashCode(parts) * 0x9E37_79B9;
        return hash ^ hash >>> 15;
    }
}
