package io.netsentinel.detection.finding;

import io.netsentinel.queuing.Bookmark;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How far each channel was looked at. It is committed together with the findings, so that none is
/// lost and none told twice.
final class Progress {
    static final String BOOKMARK = "ns.detection";

    private final Map<String, Long> offsets = new TreeMap<>();

    static Progress read(byte[] stored) {
        Progress progress = new Progress();
        new String(stored, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(parts -> progress.reached(parts[0], Long.parseLong(parts[1])));
        return progress;
    }

    long of(String channel) {
        return offsets.getOrDefault(channel, 0L);
    }

    Map<String, Long> offsets() {
        return Map.copyOf(offsets);
    }

    void reached(String channel, long offset) {
        offsets.put(channel, offset);
    }

    Bookmark bookmark() {
        String text =
                offsets.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining("\n"));
        return new Bookmark(BOOKMARK, text.getBytes(StandardCharsets.UTF_8));
    }
}
