package io.netsentinel.integrations;

import io.netsentinel.integrations.SourceStatus.State;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What was posted over HTTP, by the name of the source.
final class Posts {
    private static final int MOST = 1_000;
    private static final String OTHERS = "others";

    private final Clock clock;
    private final ConcurrentMap<String, Poster> posters = new ConcurrentHashMap<>();

    private record Poster(String name, String format, Tally tally) {}

    Posts(Clock clock) {
        this.clock = clock;
    }

    /// The account of a source; when there are very many, that of all others together.
    Tally tally(String source, String format) {
        String name = posters.size() < MOST || posters.containsKey(source) ? source : OTHERS;
        return posters.computeIfAbsent(name, _ -> new Poster(name, format, new Tally(clock)))
                .tally();
    }

    List<SourceStatus> statuses() {
        return posters.values().stream().map(Posts::status).sorted(Posts::compare).toList();
    }

    private static int compare(SourceStatus a, SourceStatus b) {
        return a.name().compareTo(b.name());
    }

    private static SourceStatus status(Poster poster) {
        Tally tally = poster.tally();
        return new SourceStatus(
                poster.name(),
                "http",
                "POST /api/events",
                poster.format(),
                State.LIVE,
                tally.perSecond(),
                tally.accepted(),
                tally.refused(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                tally.lastEvent(),
                "");
    }
}
