package io.netsentinel.detection.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// What an incident is given of the evidence that waits.
final class WaitingTest {
    private static final long WINDOW = 60_000;
    private static final String KEY = "h|192.0.2.7";
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private final JoinKeys join = new JoinKeys(List.of());

    /// Whatever arrives in whatever order: an incident that gathers without being given again what
    /// it has, has in the end what one that looks at all of it has.
    @Test
    void anIncidentThatIsNotGivenTheSameTwiceHasNoLess() {
        for (int seed = 0; seed < 200; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Waiting waiting = new Waiting();
            List<Set<String>> whole = List.of(new HashSet<>(), new HashSet<>());
            List<Set<String>> given = List.of(new HashSet<>(), new HashSet<>());
            long clock = 0;
            for (int n = 0; n < 100; n++) {
                clock += random.nextLong(-WINDOW / 4, WINDOW / 2);
                waiting.add(evidence("n" + n, clock));
                if (random.nextInt(3) == 0) {
                    int incident = random.nextInt(10) == 0 ? 1 : 0;
                    long at = START.toEpochMilli() + clock;
                    waiting.near(KEY, at, WINDOW)
                            .forEach(near -> whole.get(incident).add(near.id()));
                    waiting.gather(
                            KEY,
                            "incident " + incident,
                            at,
                            WINDOW,
                            near -> given.get(incident).add(near.id()));
                    assertThat(given).as("seed %d, arrival %d", seed, n).isEqualTo(whole);
                }
            }
        }
    }

    @Test
    void aFloodIsGivenOnceAndThenOnlyWhatIsNew() {
        Waiting waiting = new Waiting();
        int[] given = {0};
        int flood = 900;
        for (int n = 0; n < flood; n++) {
            waiting.add(evidence("n" + n, n));
            waiting.gather(KEY, "incident", START.toEpochMilli() + n, WINDOW, _ -> given[0]++);
        }
        assertThat(given[0]).isEqualTo(flood);
    }

    private Evidence evidence(String id, long at) {
        return new Evidence(
                Event.builder()
                        .put(Fields.ID, id)
                        .timestamp(START.plusMillis(at))
                        .put(Fields.SOURCE_IP, "192.0.2.7")
                        .build(),
                Channel.ALERTS,
                join);
    }
}
