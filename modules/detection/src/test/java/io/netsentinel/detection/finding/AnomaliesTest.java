package io.netsentinel.detection.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.LogRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnomaliesTest {
    private static final String HOST = "10.0.0.7";
    private static final String OUTSIDE = "198.51.100.7";

    @Test
    void connectionsAsRegularAsAClockAreToldOnceAndScoreLow() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(answered(i * 60 + i % 2, OUTSIDE, 500 + i % 3));
        }
        List<Event> found = find(events, "ns.beacon");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().score()).isEqualTo(21);
        assertThat(found.getFirst().text(Fields.MESSAGE))
                .contains("20 times, every 61 s")
                .contains("198.51.100.7 port 443");
        assertThat(find(events.subList(0, 19), "ns.beacon")).isEmpty();
    }

    @Test
    void whenAnAttackIsOverThatIsSaidOnceWithHowMuchOfItThereWas() {
        DetectionSettings settings = DetectionSettings.defaults();
        Panel panel =
                new Panel(
                        settings,
                        Detectors.of(settings, List.of(), Clock.systemUTC()),
                        Clock.systemUTC());
        for (int i = 0; i < 100; i++) {
            look(panel, Traffic.unanswered(i, HOST, "10.0.0.9", 1 + i));
        }
        assertThat(panel.takeFindings()).hasSize(1);
        look(panel, answered(500, OUTSIDE, 1));
        assertThat(panel.takeEnded()).isEmpty();
        look(panel, answered(1_000, OUTSIDE, 1));
        Event ended = panel.takeEnded().getFirst();

        assertThat(ended.text(Fields.MESSAGE))
                .isEqualTo("ns.scan|10.0.0.7 is over after 99 s; it was seen 85 times more");
        assertThat(ended.text(Fields.SOURCE_IP)).isEqualTo(HOST);
        look(panel, answered(2_000, OUTSIDE, 1));
        assertThat(panel.takeEnded()).isEmpty();
    }

    private static void look(Panel panel, Event event) {
        panel.look("network", new LogRecord(1, 0, 1, 0, event.toJson()));
    }

    @Test
    void whatComesAndGoesAsPeopleDoIsNotRegular() {
        Random random = new Random(3);
        List<Event> events = new ArrayList<>();
        int second = 0;
        for (int i = 0; i < 60; i++) {
            second += (int) (5 - 120 * Math.log(1 - random.nextDouble()));
            events.add(answered(second, OUTSIDE, 200 + random.nextInt(9_000)));
        }
        assertThat(find(events, "ns.beacon")).isEmpty();
    }

    @Test
    void regularConnectionsInsideAreHowNetworksWork() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(answered(i * 60, "10.0.0.9", 500));
        }
        assertThat(find(events, "ns.beacon")).isEmpty();
    }

    @Test
    void manyMoreEventsThanUsualForThreeMinutesAreToldOnceOfHostAndSensorAndChannel() {
        List<Event> events = usual(40);
        events.addAll(burst(40, 8));
        events.addAll(minutes(48, 52, 20));
        assertThat(find(events, "ns.rate"))
                .extracting(event -> event.text(Fields.NS_DEDUP_KEY))
                .containsExactlyInAnyOrder(
                        "ns.rate|channel network",
                        "ns.rate|sensor lab on network",
                        "ns.rate|host 10.0.0.7 on network");
    }

    @Test
    void theSameIsToldWhenEventsAreUpToAMinuteLate() {
        List<Event> events = usual(40);
        events.addAll(burst(40, 8));
        events.addAll(minutes(48, 54, 20));
        List<String> expected = keys(events);
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            List<Long> due = new ArrayList<>();
            for (Event event : events) {
                due.add(event.timestamp().toEpochMilli() + random.nextInt(60_000));
            }
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                order.add(i);
            }
            order.sort((a, b) -> Long.compare(due.get(a), due.get(b)));
            assertThat(keys(order.stream().map(events::get).toList())).isEqualTo(expected);
        }
    }

    @Test
    void oneBusyMinuteIsNoneAndASlowGrowthBecomesTheUsual() {
        List<Event> events = usual(40);
        events.addAll(burst(40, 1));
        events.addAll(minutes(41, 60, 20));
        assertThat(find(events, "ns.rate")).isEmpty();
        List<Event> growing = usual(25);
        for (int minute = 25; minute < 80; minute++) {
            growing.addAll(minutes(minute, minute + 1, 20 + (minute - 25) / 5));
        }
        assertThat(find(growing, "ns.rate")).isEmpty();
    }

    private static List<String> keys(List<Event> events) {
        return find(events, "ns.rate").stream()
                .map(event -> event.text(Fields.NS_DEDUP_KEY))
                .sorted()
                .toList();
    }

    private static List<Event> usual(int count) {
        return minutes(0, count, 20);
    }

    private static List<Event> burst(int from, int count) {
        return minutes(from, from + count, 300);
    }

    private static List<Event> minutes(int from, int to, int perMinute) {
        List<Event> events = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            for (int i = 0; i < perMinute; i++) {
                events.add(
                        Traffic.base(
                                        minute * 60 + i * 60 / perMinute,
                                        "suricata.http",
                                        HOST,
                                        OUTSIDE,
                                        80)
                                .put(Fields.OBSERVER_NAME, "lab")
                                .build());
            }
        }
        return events;
    }

    private static Event answered(int second, String target, int bytes) {
        return Traffic.flow(second, HOST, target, 443, "tcp")
                .put(Fields.SOURCE_PACKETS, 9L)
                .put(Fields.DESTINATION_PACKETS, 9L)
                .put(Fields.SOURCE_BYTES, (long) bytes)
                .put(Fields.NS_TCP_FLAGS, "1b")
                .build();
    }

    private static List<Event> find(List<Event> events, String rule) {
        DetectionSettings settings = DetectionSettings.defaults();
        Panel panel =
                new Panel(
                        settings,
                        Detectors.of(settings, List.of(), Clock.systemUTC()),
                        Clock.systemUTC());
        long offset = 0;
        for (Event event : Collections.unmodifiableList(events)) {
            panel.look("network", new LogRecord(++offset, 0, 1, 0, event.toJson()));
        }
        return panel.takeFindings().stream()
                .filter(event -> event.text(Fields.RULE_ID).equals(rule))
                .toList();
    }
}
