package example.hello;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Fields;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds a source that says hello ten times within ten seconds. What it finds depends on the times
/// of the events alone, so a replay finds the same; it keeps ten of them for at most a thousand
/// sources.
public final class CrowdDetector implements Detector {
    private static final int GREETINGS = 10;
    private static final int WINDOW_MILLIS = 10_000;
    private static final int SOURCES = 1_000;

    private final Map<String, Deque<Sighting>> greetings = new HashMap<>();
    private long evicted;

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.LOGS);
    }

    @Override
    public Set<String> fields() {
        return Set.of(Fields.EVENT_MODULE, Fields.OBSERVER_NAME);
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        if (!sighting.event().text(Fields.EVENT_MODULE).equals("hello")) {
            return;
        }
        String source = sighting.event().text(Fields.OBSERVER_NAME);
        if (findings.covers(this, source, sighting.at())) {
            return;
        }
        if (!greetings.containsKey(source) && greetings.size() == SOURCES) {
            greetings.remove(greetings.keySet().iterator().next());
            evicted++;
        }
        Deque<Sighting> newest = greetings.computeIfAbsent(source, _ -> new ArrayDeque<>());
        newest.addLast(sighting);
        while (newest.size() > GREETINGS) {
            newest.removeFirst();
        }
        long first = newest.getFirst().at();
        if (newest.size() == GREETINGS && sighting.at() - first <= WINDOW_MILLIS) {
            findings.report(this, finding(source, newest));
        }
    }

    private static Finding finding(String source, Deque<Sighting> newest) {
        return new Finding(
                source,
                "Many greetings",
                source + " said hello " + GREETINGS + " times within 10 s",
                30,
                "an example: always 30",
                "TA0043",
                "T1595",
                source,
                Optional.empty(),
                Finding.Service.NONE,
                new Finding.Evidence(
                        newest.getFirst().at(),
                        newest.getLast().at(),
                        WINDOW_MILLIS,
                        newest.size(),
                        GREETINGS,
                        "greetings",
                        newest.stream()
                                .map(one -> new Finding.Place(one.channel(), one.offset()))
                                .toList()));
    }

    @Override
    public int tracked() {
        return greetings.size();
    }

    @Override
    public long evicted() {
        return evicted;
    }
}
