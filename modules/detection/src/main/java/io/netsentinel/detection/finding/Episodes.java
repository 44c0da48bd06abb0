package io.netsentinel.detection.finding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was told already and goes on: one attack is one finding, however long it lasts.
final class Episodes {
    private static final int MOST = 100_000;

    private final long quietMillis;
    private final Map<String, Span> spans = new LinkedHashMap<>(16, 0.75f, true);

    private record Span(long first, long last) {
        boolean near(long at, long distance) {
            return at >= first - distance && at <= last + distance;
        }

        Span with(long at) {
            return new Span(Math.min(first, at), Math.max(last, at));
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

    void begin(String key, long first, long last) {
        spans.put(key, new Span(first, last));
        if (spans.size() > MOST) {
            spans.remove(spans.keySet().iterator().next());
        }
    }
}
