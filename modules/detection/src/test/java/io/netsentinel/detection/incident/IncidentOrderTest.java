package io.netsentinel.detection.incident;

import static io.netsentinel.detection.incident.IncidentsFixture.alert;
import static io.netsentinel.detection.incident.IncidentsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.Incident;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Event time decides what belongs together, not the order or the pace of arrival.
class IncidentOrderTest {
    private static final int EVENTS = 300;
    private static final List<Event> INPUT = input();

    @TempDir private Path directory;

    private static List<Event> input() {
        Random random = new Random(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String from = "10.0.0." + (1 + random.nextInt(60));
            String to = "10.0.1." + (1 + random.nextInt(60));
            int kind = random.nextInt(10);
            String rule =
                    kind < 2
                            ? "ET EXPLOIT One " + kind
                            : kind < 5 ? "ET HUNTING Two " + kind : "ET POLICY Three " + kind;
            int score = kind < 2 ? 62 : kind < 5 ? 40 : 62;
            events.add(
                    alert("e" + i, 0, from, to, rule, score).toBuilder()
                            .timestamp(
                                    IncidentsFixture.NOON.plus(
                                            Duration.ofSeconds(random.nextInt(4 * 3600))))
                            .put("flow.id", String.valueOf(random.nextInt(200)))
                            .build());
        }
        events.sort(Comparator.comparing(Event::timestamp));
        return events;
    }

    /// Which evidence is together, how many there are of it, and their scores.
    private record Together(Set<String> members, long count, int score, String title) {}

    private static Set<Together> read(IncidentsFixture fixture) {
        return fixture.all().stream()
                .map(each ->
                        new Together(
                                Set.copyOf(fixture.members(each.id())),
                                each.members(),
                                each.score(),
                                each.title()))
                .collect(Collectors.toSet());
    }

    private Set<Together> run(String name, List<Event> events, int chunk, boolean restart) {
        Path data = directory.resolve(name);
        IncidentsFixture fixture = IncidentsFixture.open(data);
        try {
            for (int at = 0; at < events.size(); at += chunk) {
                fixture.publish(events.subList(at, Math.min(events.size(), at + chunk)));
                if (restart && at == 5 * chunk) {
                    fixture.close();
                    fixture = IncidentsFixture.open(data);
                }
            }
            // the last of it: nothing that is together with anything else
            fixture.publish(IncidentsFixture.exploit("end", 100_000, "192.168.9.8", "192.168.9.9"));
            IncidentsFixture last = fixture;
            await(() -> last.all().stream().anyMatch(IncidentOrderTest::isTheLast));
            // what was found out with it is in the log, and may not be in the tables yet
            awaitTables(last);
            return read(last);
        } finally {
            fixture.close();
        }
    }

    private static void awaitTables(IncidentsFixture fixture) {
        long tail = fixture.log().state(Channel.INCIDENTS).orElseThrow().tail();
        fixture.log()
                .projections()
                .awaitApplied(IncidentProjection.NAME, Channel.INCIDENTS, tail)
                .join();
    }

    private static boolean isTheLast(Incident incident) {
        return incident.hosts().contains("192.168.9.9");
    }

    @Test
    void orderPaceAndRestartsMakeNoDifference() {
        Set<Together> straight = run("straight", INPUT, EVENTS, false);
        Random random = new Random(3);
        List<Event> late = upToAMinuteLate(random);

        assertThat(straight).hasSizeGreaterThan(5);
        assertThat(run("late", late, 37, false)).isEqualTo(straight);
        assertThat(run("restarts", INPUT, 30, true)).isEqualTo(straight);
        List<Event> any = new ArrayList<>(INPUT);
        Collections.shuffle(any, random);
        assertThat(run("any", any, 100, false)).isEqualTo(straight);
    }

    private static List<Event> upToAMinuteLate(Random random) {
        record Arrival(Event event, long at) {}
        return INPUT.stream()
                .map(event ->
                        new Arrival(
                                event, event.timestamp().toEpochMilli() + random.nextInt(60_000)))
                .sorted(Comparator.comparingLong(Arrival::at))
                .map(Arrival::event)
                .toList();
    }
}
