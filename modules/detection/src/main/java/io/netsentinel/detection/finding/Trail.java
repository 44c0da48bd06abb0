package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Sighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The newest places in the log that something was counted from. What one host does is told of on
/// one channel; should it be several, those of the newest are kept.
final class Trail {
    private static final int MOST = 20;
    private static final int FIRST_ROOM = 2;

    private String channel = "";
    private long[] offsets = new long[FIRST_ROOM];
    private int size;

    void add(Sighting sighting) {
        if (!sighting.channel().equals(channel)) {
            channel = sighting.channel();
            size = 0;
        }
        if (size == MOST) {
            System.arraycopy(offsets, 1, offsets, 0, size - 1);
            size--;
        } else if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.min(MOST, size * 2));
        }
        offsets[size++] = sighting.offset();
    }

    List<Place> places() {
        List<Place> places = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            places.add(new Place(channel, offsets[i]));
        }
        return places;
    }
}
