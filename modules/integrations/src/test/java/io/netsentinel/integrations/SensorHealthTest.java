package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SensorHealthTest {
    private final MovingClock clock = new MovingClock();
    private final Sensors sensors = new Sensors(clock);
    private final List<Event> told = new ArrayList<>();
    private final SensorHealth health = new SensorHealth(sensors, this::publish, clock);
    private boolean full;

    @Test
    void aSensorThatFallsSilentAndComesBackIsToldOfOnceEach() {
        heard(0, 0);
        health.look();
        assertThat(told).isEmpty();

        clock.now = clock.now.plus(Duration.ofSeconds(61));
        health.look();
        health.look();
        heard(0, 0);
        health.look();

        assertThat(told)
                .extracting(event -> event.text("ns.health.state"))
                .containsExactly("silent", "well");
        assertThat(told.getFirst().text(Fields.MESSAGE))
                .isEqualTo("sensor dmz is silent: nothing came for 61 s");
        assertThat(told.getFirst().text(Fields.NS_SEVERITY)).isEqualTo("medium");
    }

    @Test
    void whatIsSaidOfASilentSensorCountsOnWhileItsBeginningStays() {
        heard(0, 0);
        health.look();
        clock.now = clock.now.plusSeconds(61);
        health.look();
        Instant silent = clock.now;
        clock.now = clock.now.plus(Duration.ofHours(2));
        health.look();

        assertThat(told).hasSize(1);
        assertThat(health.conditions().get("dmz"))
                .isEqualTo(
                        new SensorCondition(
                                "dmz",
                                "silent",
                                silent,
                                "sensor dmz is silent: nothing came for 7261 s"));
    }

    @Test
    void lostPacketsAreToldOfWithTheirShare() {
        heard(1_000, 0);
        health.look();
        heard(2_000, 50);
        health.look();
        heard(3_000, 50);
        health.look();

        assertThat(told)
                .extracting(event -> event.text(Fields.MESSAGE))
                .containsExactly(
                        "sensor dmz loses packets: its kernel dropped 5.0 % of them",
                        "sensor dmz is well again");
    }

    @Test
    void nobodyIsCalledSilentRightAfterTheStart() {
        heard(0, 0);
        Sensors after = sensors;
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        SensorHealth fresh = new SensorHealth(after, this::publish, clock);
        fresh.look();
        assertThat(told).isEmpty();

        clock.now = clock.now.plus(Duration.ofSeconds(61));
        fresh.look();
        assertThat(told).hasSize(1);
    }

    @Test
    void whatTheLogDoesNotTakeIsToldLaterWithItsTime() {
        heard(0, 0);
        health.look();
        clock.now = clock.now.plus(Duration.ofSeconds(90));
        Instant silent = clock.now;
        full = true;
        health.look();
        assertThat(told).isEmpty();

        full = false;
        clock.now = clock.now.plus(Duration.ofSeconds(90));
        health.look();
        assertThat(told).extracting(Event::timestamp).containsExactly(silent);
    }

    @Test
    void whatZeekMissedIsToldOfInTheSameWay() {
        zeek("ns.capture_loss.percent", 0.2);
        health.look();
        zeek("ns.capture_loss.percent", 12.5);
        health.look();
        zeek("ns.stats.interval_packets", 1_000L);
        health.look();
        zeek("ns.capture_loss.percent", 0.0);
        health.look();

        assertThat(told)
                .extracting(event -> event.text(Fields.MESSAGE))
                .containsExactly(
                        "sensor dmz loses packets: it missed 12.5 % of them",
                        "sensor dmz is well again");
    }

    @Test
    void aClockThatIsAheadIsToldOfAtOnceAndALittleOfItIsNot() {
        dated(Duration.ofSeconds(-59));
        assertThat(told).isEmpty();

        dated(Duration.ofMinutes(-10));
        dated(Duration.ofSeconds(1));

        assertThat(told)
                .extracting(event -> event.text(Fields.MESSAGE))
                .containsExactly(
                        "sensor dmz has a clock that is ahead by 600 s",
                        "sensor dmz is well again");
    }

    @Test
    void aClockThatIsBehindIsToldOfWhenItStaysSo() {
        for (int look = 0; look < ClockLag.LOOKS; look++) {
            assertThat(told).isEmpty();
            // flows are told when they are over, so most are dated further back
            dated(Duration.ofSeconds(300 + look % 3 * 40));
        }
        assertThat(told)
                .extracting(event -> event.text(Fields.MESSAGE))
                .containsExactly(
                        "sensor dmz has a clock that is behind by 300 s, or its events come so late");
        assertThat(health.conditions().values())
                .extracting(SensorCondition::state)
                .containsExactly("clock-behind");

        dated(Duration.ofSeconds(1));

        assertThat(told)
                .extracting(event -> event.text("ns.health.state"))
                .containsExactly("clock-behind", "well");
        assertThat(health.conditions().values())
                .extracting(SensorCondition::state)
                .containsExactly(SensorCondition.WELL);
    }

    @Test
    void aClockThatIsBehindIsToldOfOnceWhenLaterFlowsAreFew() {
        for (int look = 0; look < ClockLag.LOOKS; look++) {
            dated(Duration.ofMinutes(5));
        }
        for (int look = 0; look < 4 * ClockLag.LOOKS; look++) {
            // in some halves of the looks there is none that was told at once
            dated(Duration.ofSeconds(look % 30 == 0 ? 300 : 360));
        }
        assertThat(told)
                .extracting(event -> event.text("ns.health.state"))
                .containsExactly("clock-behind");

        dated(Duration.ofSeconds(59));

        assertThat(told)
                .extracting(event -> event.text("ns.health.state"))
                .containsExactly("clock-behind", "well");
    }

    @Test
    void recordingsFilesThatAreReadUpAndLongFlowsAreNoClockBehind() {
        for (int look = 0; look < 3 * ClockLag.LOOKS; look++) {
            dated(Duration.ofDays(30));
        }
        for (int look = 0; look < 3 * ClockLag.LOOKS; look++) {
            dated(Duration.ofSeconds(3_600 - look * 20));
        }
        for (int look = 0; look < 3 * ClockLag.LOOKS; look++) {
            dated(Duration.ofSeconds(look % 6 == 0 ? 1 : 600));
        }
        assertThat(told).isEmpty();
    }

    /// An event, and a look at the sensors.
    private void dated(Duration before) {
        clock.now = clock.now.plusSeconds(5);
        sensors.saw(
                Sighting.of(
                        Event.builder()
                                .timestamp(clock.now.minus(before))
                                .put(Fields.OBSERVER_NAME, "dmz")
                                .build()));
        health.look();
    }

    private void zeek(String field, Object value) {
        Event statistics =
                Event.builder()
                        .timestamp(clock.now)
                        .put(Fields.EVENT_KIND, "metric")
                        .put(Fields.OBSERVER_NAME, "dmz")
                        .put(field, value)
                        .build();
        clock.now = clock.now.plusMillis(10);
        sensors.saw(Sighting.of(statistics));
    }

    private void heard(long packets, long drops) {
        Event statistics =
                Event.builder()
                        .timestamp(clock.now)
                        .put(Fields.EVENT_KIND, "metric")
                        .put(Fields.OBSERVER_NAME, "dmz")
                        .put(Fields.NS_STATS_KERNEL_PACKETS, packets)
                        .put(Fields.NS_STATS_KERNEL_DROPS, drops)
                        .build();
        clock.now = clock.now.plusMillis(10);
        sensors.saw(Sighting.of(statistics));
    }

    private CompletableFuture<Appended> publish(Append append) {
        if (full) {
            return CompletableFuture.failedFuture(new IllegalStateException("full"));
        }
        append.entries().forEach(entry -> told.add(Event.fromJson(entry.payload())));
        return CompletableFuture.completedFuture(new Appended(List.of(), false));
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-06-01T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
