package io.netsentinel.detection.incident;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The time in which a key leads to an incident: from its first to its last evidence that opens
/// one, by event time.
///
/// @param incident id of the incident
/// @param first epoch milliseconds
/// @param last epoch milliseconds
record Span(String incident, long first, long last) {
    /// The most one key remembers; the latest ones stay.
    private static final int MOST = 16;

    boolean near(long time, long window) {
        return time >= first - window && time <= last + window;
    }

    Span with(long time) {
        return new Span(incident, Math.min(first, time), Math.max(last, time));
    }

    Span of(String other) {
        return new Span(other, first, last);
    }

    /// The spans of a key with one more moment.
    static List<Span> with(List<Span> spans, String incident, long time, long window) {
        List<Span> after = new ArrayList<>();
        Span grown = new Span(incident, time, time);
        for (Span span : spans) {
            if (span.incident().equals(incident) && span.near(time, window)) {
                grown = grown.with(span.first()).with(span.last());
            } else {
                after.add(span);
            }
        }
        after.add(grown);
        return latest(after);
    }

    /// The spans of a key with one more, which takes up those it overlaps.
    static List<Span> with(List<Span> spans, Span more) {
        List<Span> after = new ArrayList<>();
        Span grown = more;
        for (Span span : spans) {
            if (span.incident().equals(more.incident())
                    && span.first() <= grown.last()
                    && span.last() >= grown.first()) {
                grown = grown.with(span.first()).with(span.last());
            } else {
                after.add(span);
            }
        }
        after.add(grown);
        return latest(after);
    }

    private static List<Span> latest(List<Span> spans) {
        return spans.size() > MOST ? spans.subList(spans.size() - MOST, spans.size()) : spans;
    }

    static byte[] write(List<Span> spans) {
        StringBuilder text = new StringBuilder();
        for (Span span : spans) {
            text.append(span.incident)
                    .append(' ')
                    .append(span.first)
                    .append(' ')
                    .append(span.last)
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static List<Span> read(Optional<byte[]> stored) {
        List<Span> spans = new ArrayList<>();
        String text = stored.map(bytes -> new String(bytes, StandardCharsets.US_ASCII)).orElse("");
        for (String line : text.lines().toList()) {
            List<String> parts = List.of(line.split(" ", -1));
            spans.add(
                    new Span(
                            parts.get(0),
                            Long.parseLong(parts.get(1)),
                            Long.parseLong(parts.get(2))));
        }
        return spans;
    }
}
