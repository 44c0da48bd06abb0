package io.netsentinel.integrations.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.sink.Pending.Due;
import io.netsentinel.integrations.spi.SinkRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When somebody is told, and where reading begins again.
final class PendingTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-06-01T10:00:00Z");

    private static NotificationRule rule(int threshold, Duration digest, Duration rest) {
        return new NotificationRule(
                "lab",
                List.of(),
                Optional.empty(),
                threshold,
                Duration.ofMinutes(5),
                Optional.of(QuietHours.parse("22:00-07:00", BERLIN)),
                digest,
                rest);
    }

    private static SinkRecord record(String channel, long offset, Instant time) {
        return new SinkRecord(channel, "abcdefgh", offset, time.toEpochMilli(), new byte[0]);
    }

    @Test
    void oneEventIsToldAtOnceWithoutAThreshold() {
        Pending pending = new Pending(rule(1, Duration.ZERO, Duration.ZERO));
        assertThat(pending.due(NOON, Optional.empty())).isEmpty();
        pending.add(record("alerts", 7, NOON));
        assertThat(pending.due(NOON, Optional.empty())).contains(new Due(NOON, ""));
        assertThat(pending.behind()).isEqualTo(Map.of("alerts", new Place("abcdefgh", 6)));
        pending.clear();
        assertThat(pending.due(NOON, Optional.empty())).isEmpty();
        assertThat(pending.behind()).isEmpty();
    }

    @Test
    void aThresholdCountsWithinItsWindowOnly() {
        Pending pending = new Pending(rule(3, Duration.ZERO, Duration.ZERO));
        pending.add(record("alerts", 1, NOON));
        pending.add(record("alerts", 2, NOON.plusSeconds(60)));
        pending.add(record("threats", 9, NOON.plusSeconds(301)));
        assertThat(pending.triggered()).isFalse();
        assertThat(pending.behind())
                .isEqualTo(
                        Map.of(
                                "alerts", new Place("abcdefgh", 1),
                                "threats", new Place("abcdefgh", 8)));
        pending.add(record("alerts", 3, NOON.plusSeconds(302)));
        assertThat(pending.triggered()).isTrue();
        assertThat(pending.count()).isEqualTo(3);
        pending.add(record("alerts", 4, NOON.plusSeconds(9_000)));
        assertThat(pending.count()).as("what comes until it is told is told").isEqualTo(4);
        assertThat(pending.behind().get("alerts")).isEqualTo(new Place("abcdefgh", 1));
        assertThat(pending.samples()).hasSize(4);
    }

    @Test
    void quietHoursHoldWhatADigestAndAnIntervalLetGo() {
        Pending pending = new Pending(rule(1, Duration.ofHours(1), Duration.ofHours(2)));
        pending.add(record("alerts", 1, NOON));
        assertThat(pending.due(NOON, Optional.empty()))
                .contains(new Due(NOON.plus(Duration.ofHours(1)), "digest"));
        assertThat(pending.due(NOON, Optional.of(NOON)))
                .contains(new Due(NOON.plus(Duration.ofHours(2)), "min-interval"));
        Instant night = Instant.parse("2026-06-01T21:30:00Z");
        assertThat(pending.due(night, Optional.empty()))
                .contains(new Due(Instant.parse("2026-06-02T05:00:00Z"), "quiet-hours"));
        assertThat(
                        pending.due(Instant.parse("2026-06-02T05:00:00Z"), Optional.empty())
                                .orElseThrow()
                                .reason())
                .isEmpty();
    }

    @Test
    void quietHoursKnowTheirZoneAndItsLeaps() {
        QuietHours hours = QuietHours.parse("22:00-07:00", BERLIN);
        assertThat(hours.end(Instant.parse("2026-06-01T19:59:59Z"))).isEmpty();
        assertThat(hours.end(Instant.parse("2026-06-01T20:00:00Z")))
                .contains(Instant.parse("2026-06-02T05:00:00Z"));
        assertThat(hours.end(Instant.parse("2026-06-02T04:59:59Z")))
                .contains(Instant.parse("2026-06-02T05:00:00Z"));
        assertThat(hours.end(Instant.parse("2026-06-02T05:00:00Z"))).isEmpty();
        // in this night the clock leaps from 02:00 to 03:00
        assertThat(hours.end(Instant.parse("2026-03-28T21:30:00Z")))
                .contains(Instant.parse("2026-03-29T05:00:00Z"));
        QuietHours leap = QuietHours.parse("01:00-02:30", BERLIN);
        assertThat(leap.end(Instant.parse("2026-03-29T00:30:00Z")))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
        QuietHours lunch = QuietHours.parse("12:00-13:00", ZoneId.of("UTC"));
        assertThat(lunch.end(Instant.parse("2026-06-01T12:30:00Z")))
                .contains(Instant.parse("2026-06-01T13:00:00Z"));
        assertThatThrownBy(() -> QuietHours.parse("22-7", BERLIN))
                .hasMessageStartingWith("quiet-hours: ");
    }
}
