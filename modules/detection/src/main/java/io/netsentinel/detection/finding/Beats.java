package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Sighting;
import java.util.Arrays;
import java.util.List;

/// The newest connections between two, in the order of their times, and how regular they are.
///
/// As RITA has it: of the intervals and of the bytes sent, how little they are skewed (Bowley's
/// measure) and how little they spread (median absolute deviation against the median).
final class Beats {
    private static final int MOST = 64;
    private static final int FIRST_ROOM = 2;

    /// What a measure is worth when there is no spread to measure.
    private static final double EVEN = 1;

    private final Trail trail = new Trail();
    private long[] times = new long[FIRST_ROOM];
    private long[] sizes = new long[FIRST_ROOM];
    private int size;
    private long toldUntil = Long.MIN_VALUE;

    void add(Sighting sighting, long bytes) {
        if (size == MOST) {
            if (sighting.at() <= times[0]) {
                return;
            }
            System.arraycopy(times, 1, times, 0, size - 1);
            System.arraycopy(sizes, 1, sizes, 0, size - 1);
            size--;
        } else if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            sizes = Arrays.copyOf(sizes, size * 2);
        }
        int at = size;
        while (at > 0 && times[at - 1] > sighting.at()) {
            times[at] = times[at - 1];
            sizes[at] = sizes[at - 1];
            at--;
        }
        times[at] = sighting.at();
        sizes[at] = bytes;
        size++;
        trail.add(sighting);
    }

    int size() {
        return size;
    }

    long first() {
        return times[0];
    }

    long last() {
        return times[size - 1];
    }

    List<Place> places() {
        return trail.places();
    }

    /// Whether it was told of already, so that it is no news at this time.
    boolean told(long at) {
        return at <= toldUntil;
    }

    void tell(long until) {
        toldUntil = until;
    }

    /// The median interval, milliseconds.
    long interval() {
        return median(intervals());
    }

    /// From 0 to 1: none at all, like a clock.
    double regularity() {
        long[] intervals = intervals();
        long[] bytes = Arrays.copyOf(sizes, size);
        Arrays.sort(bytes);
        return (even(intervals) + narrow(intervals) + even(bytes) + narrow(bytes)) / 4;
    }

    private long[] intervals() {
        long[] intervals = new long[size - 1];
        for (int i = 1; i < size; i++) {
            intervals[i - 1] = times[i] - times[i - 1];
        }
        Arrays.sort(intervals);
        return intervals;
    }

    private static double even(long[] sorted) {
        long low = sorted[sorted.length / 4];
        long middle = median(sorted);
        long high = sorted[sorted.length * 3 / 4];
        // spread too little to have a skew that means anything
        if (high == low || middle == low || middle == high) {
            return EVEN;
        }
        return 1 - Math.abs((double) (low + high - 2 * middle) / (high - low));
    }

    private static double narrow(long[] sorted) {
        long middle = median(sorted);
        long[] away = new long[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            away[i] = Math.abs(sorted[i] - middle);
        }
        Arrays.sort(away);
        return middle == 0 ? EVEN : Math.max(0, 1 - (double) median(away) / middle);
    }

    private static long median(long[] sorted) {
        return sorted[sorted.length / 2];
    }
}
