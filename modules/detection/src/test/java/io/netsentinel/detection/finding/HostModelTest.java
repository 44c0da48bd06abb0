package io.netsentinel.detection.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.AnomalySettings;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HostModelTest {
    private static final int HOSTS = 60;
    private static final int MINUTES = 40;
    private static final int TRAINING = 1_000;

    /// More than the default: here everything is random.
    private static final int DEVIATION = 80;

    private static final String ODD = "10.0.0.7";

    /// What the detector said.
    private static final class Told implements Findings {
        private final List<Finding> all = new ArrayList<>();

        @Override
        public boolean covers(Detector detector, String key, long at) {
            return false;
        }

        @Override
        public void report(Detector detector, Finding finding) {
            all.add(finding);
        }
    }

    private static HostModelDetector model(int tracked) {
        DetectionSettings defaults = DetectionSettings.defaults();
        return new HostModelDetector(
                new DetectionSettings(
                        true,
                        defaults.scanTargets(),
                        defaults.scanWindow(),
                        defaults.loginAttempts(),
                        defaults.loginWindow(),
                        defaults.tunnelNames(),
                        defaults.tunnelLength(),
                        defaults.tunnelWindow(),
                        defaults.quiet(),
                        tracked,
                        List.of(),
                        defaults.rules(),
                        AnomalySettings.defaults().withModel(TRAINING, DEVIATION),
                        defaults.indicators()),
                Clock.systemUTC());
    }

    /// What offices do: a few connections of each host in each minute, some more than others.
    private static List<Event> usual(Random random, int minutes) {
        List<Event> events = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            for (int host = 1; host <= HOSTS; host++) {
                String source = "10.0.0." + host;
                int connections = 2 + random.nextInt(6);
                for (int i = 0; i < connections; i++) {
                    events.add(
                            flow(
                                    minute * 60 + random.nextInt(60),
                                    source,
                                    "198.51.100." + random.nextInt(20),
                                    300 + random.nextInt(3_000)));
                }
                events.add(
                        Traffic.question(
                                minute * 60 + random.nextInt(60),
                                source,
                                "n" + random.nextInt(50) + ".example"));
            }
        }
        return events;
    }

    /// One host sends far more, and to far more others, than any ever does.
    private static List<Event> withOddMinute(Random random) {
        List<Event> events = usual(random, MINUTES);
        for (int i = 0; i < 200; i++) {
            events.add(
                    flow(
                            30 * 60 + i % 60,
                            ODD,
                            "203.0.113." + i % 200,
                            5_000_000 + random.nextInt(1_000)));
        }
        return inOrder(events);
    }

    private static Event flow(int second, String source, String target, int bytes) {
        return Traffic.flow(second, source, target, 443, "tcp")
                .put(Fields.SOURCE_PACKETS, 10L)
                .put(Fields.DESTINATION_PACKETS, 10L)
                .put(Fields.SOURCE_BYTES, (long) bytes)
                .put(Fields.DESTINATION_BYTES, 2L * bytes)
                .build();
    }

    private static List<Event> inOrder(List<Event> events) {
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(Event::timestamp));
        return sorted;
    }

    private static List<Finding> look(HostModelDetector model, List<Event> events) {
        Told told = new Told();
        long offset = 1;
        for (Event event : events) {
            model.see(Sighting.of(event, "network", offset++), told);
        }
        return told.all;
    }

    private static List<String> states(HostModelDetector model) {
        return model.changes(Map.of(), false).stream()
                .map(entry -> Event.fromJson(entry.payload()))
                .map(event -> event.text("ns.ml.state"))
                .toList();
    }

    @Test
    void theHostThatDoesWhatNoneDoesIsToldWithWhatWasUnusual() {
        List<Finding> found = look(model(10_000), withOddMinute(new Random(1)));

        assertThat(found).extracting(Finding::key).containsExactly(ODD);
        Finding one = found.getFirst();
        assertThat(one.score()).isEqualTo(21);
        assertThat(one.message()).startsWith(ODD + ": ").contains("deviations above");
        assertThat(one.message()).containsAnyOf("bytes sent", "hosts", "services");
        assertThat(one.evidence().places()).isNotEmpty();
        assertThat(one.evidence().first())
                .isEqualTo(Traffic.START.plusSeconds(31 * 60).toEpochMilli());
    }

    @Test
    void eventsThatComeAMinuteLateChangeNothing() {
        List<Event> events = withOddMinute(new Random(2));
        Map<String, Long> arrivals = new HashMap<>();
        Random random = new Random(3);
        for (Event event : events) {
            arrivals.put(
                    event.toString(), event.timestamp().toEpochMilli() + random.nextLong(60_000));
        }
        List<Event> late = new ArrayList<>(events);
        late.sort(Comparator.comparing(event -> arrivals.getOrDefault(event.toString(), 0L)));

        assertThat(look(model(10_000), late))
                .extracting(Finding::message)
                .isEqualTo(look(model(10_000), events).stream().map(Finding::message).toList())
                .hasSize(1);
    }

    @Test
    void itTellsOfItsTrainingAndThenEveryHour() {
        HostModelDetector model = model(10_000);
        look(model, inOrder(usual(new Random(4), 30)));
        assertThat(states(model))
                .containsExactly("training", "progress", "progress", "progress", "finished");
        HostModelDetector longer = model(10_000);
        look(longer, inOrder(usual(new Random(4), 70)));
        assertThat(states(longer)).endsWith("finished", "metrics");
    }

    @Test
    void whenEverybodyDoesSomethingElseThatIsDriftAndNotTheirGuilt() {
        HostModelDetector model = model(10_000);
        List<Event> events = usual(new Random(5), 45);
        for (int minute = 45; minute < 130; minute++) {
            for (int host = 1; host <= HOSTS; host++) {
                events.add(
                        flow(
                                minute * 60 + host % 60,
                                "10.0.0." + host,
                                "203.0.113.9",
                                (minute % 30 + 1) * 50_000_000));
            }
        }
        look(model, inOrder(events));
        assertThat(states(model)).contains("drift");
    }

    @Test
    void aFloodOfInventedHostsIsCountedAndTakesNoMemory() {
        HostModelDetector model = model(1_000);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            events.add(flow(i / 100, "10.1." + i / 250 + "." + i % 250, "198.51.100.1", 100));
        }
        assertThat(look(model, events)).isEmpty();
        assertThat(model.tracked()).isLessThanOrEqualTo(1_000);
        assertThat(model.evicted()).isPositive();
    }

    @Test
    void aSensorWhoseClockIsFarAheadBlindsNobody() {
        HostModelDetector model = model(10_000);
        List<Event> events = withOddMinute(new Random(1));
        Event ahead =
                events.getFirst().toBuilder()
                        .timestamp(Clock.systemUTC().instant().plusSeconds(86_400))
                        .build();
        List<Event> all = new ArrayList<>(List.of(ahead));
        all.addAll(events);
        assertThat(look(model, all)).extracting(Finding::key).containsExactly(ODD);
    }

    @Test
    void withoutBeingSwitchedOnThereIsNone() {
        DetectionSettings settings = DetectionSettings.defaults();
        assertThat(Detectors.of(settings, List.of(), Clock.systemUTC()))
                .noneMatch(HostModelDetector.class::isInstance);
    }
}
