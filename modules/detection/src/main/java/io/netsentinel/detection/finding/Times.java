package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Sighting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The newest times something happened, in their own order, whatever the order in which they are
/// told of.
final class Times {
    private static final int FIRST_ROOM = 2;

    private final int most;
    private final Trail trail = new Trail();
    private long[] times = new long[FIRST_ROOM];
    private int size;

    /// So many in a row.
    ///
    /// @param first when the first of them happened, milliseconds since 1970
    /// @param last when the last of them happened
    record Burst(long first, long last) {}

    /// @param most how many are kept: several times as many as are looked for leave room for late
    ///   ones
    Times(int most) {
        this.most = most;
    }

    void add(Sighting sighting) {
        if (size == most) {
            System.arraycopy(times, 1, times, 0, size - 1);
            size--;
        } else if (size == times.length) {
            times = Arrays.copyOf(times, Math.min(most, size * 2));
        }
        int at = size;
        while (at > 0 && times[at - 1] > sighting.at()) {
            times[at] = times[at - 1];
            at--;
        }
        times[at] = sighting.at();
        size++;
        trail.add(sighting);
    }

    /// The earliest so many in a row that happened within a time.
    Optional<Burst> within(int count, long millis) {
        for (int end = count - 1; end < size; end++) {
            int begin = end - count + 1;
            if (times[end] - times[begin] <= millis) {
                return Optional.of(new Burst(times[begin], times[end]));
            }
        }
        return Optional.empty();
    }

    List<Place> places() {
        return trail.places();
    }
}
