package io.netsentinel.detection.finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was told already and goes on: one attack is one finding, however long it lasts. When it is
/// over, that is said once, with how much more of it there was.
final class Episodes {
    private static final int MOST = 100_000;

    /// What is over may still be told of so much later.
    private static final long LATE = 120_000;

    /// Looking for what is over costs time, so it is not done at every event.
    private static final long STEP = 10_000;

    private final long quietMillis;
    private final Map<String, Span> spans = new LinkedHashMap<>(16, 0.75f, true);
    private long lookedAt = Long.MIN_VALUE;

    /// A finding that was told.
    ///
    /// @param id of its event
    record Told(String id, String source, String target) {}

    /// What is over.
    ///
    /// @param key what was going on
    /// @param more how much of it there was after the finding, at least
    record Ended(String key, Told told, long first, long last, int more) {}

    private record Span(long first, long last, int more, Told told, boolean ended) {
        boolean near(long at, long distance) {
            return at >= first - distance && at <= last + distance;
        }

        Span with(long at) {
            return new Span(Math.min(first, at), Math.max(last, at), more + 1, told, ended);
        }

        Span end() {
            return new Span(first, last, more, told, true);
        }
    }

    Episodes(long quietMillis) {
        this.quietMillis = quietMillis;
    }

    /// Whether this time belongs to one that is known, which then lasts to this time.
    boolean covers(String key, long at) {
        Optional<Span> known =
                Optional.ofNullable(spans.get(key)).filter(span -> span.near(at, quietMillis));
        known.ifPresent(span -> spans.put(key, span.with(at)));
        return known.isPresent();
    }

    void begin(String key, long first, long last, Told told) {
        spans.put(key, new Span(first, last, 0, told, false));
        if (spans.size() > MOST) {
            spans.remove(spans.keySet().iterator().next());
        }
    }

    /// Its end was told before.
    void end(String key) {
        spans.computeIfPresent(key, (_, span) -> span.end());
    }

    /// What is over by now and was not told to be.
    ///
    /// @param newest the time of the newest event
    List<Ended> takeEnded(long newest) {
        if (newest < lookedAt + STEP) {
            return List.of();
        }
        lookedAt = newest;
        List<Ended> ended = new ArrayList<>();
        for (Map.Entry<String, Span> each : spans.entrySet()) {
            Span span = each.getValue();
            if (!span.ended() && span.last() + quietMillis + LATE < newest) {
                ended.add(
                        new Ended(
                                each.getKey(),
                                span.told(),
                                span.first(),
                                span.last(),
                                span.more()));
                each.setValue(span.end());
            }
        }
        return ended;
    }
}
