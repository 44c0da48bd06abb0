package io.netsentinel.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.events.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers and lists tell nobody of alerts they may not see.
final class NarrowedCountsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Identity ALL = AlertsFixture.analyst("all");

    @TempDir private Path directory;

    private AlertsFixture fixture;

    @BeforeEach
    void open() {
        fixture = AlertsFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void openAlertsAreCountedThatMayBeSeenAndFollowTriage() {
        fixture.publish(alert("192.0.2.1", 99, 1), alert("192.0.2.1", 47, 2));
        fixture.publish(alert("198.51.100.1", 99, 3), alert("198.51.100.1", 47, 4));
        Identity narrowed = narrowed("source.ip in 192.0.2.0/24");

        assertThat(fixture.alerts().open(ALL).total()).isEqualTo(4);
        assertThat(fixture.alerts().open(narrowed).total()).isEqualTo(2);
        assertThat(fixture.alerts().open(narrowed).of(Severity.CRITICAL)).isEqualTo(1);
        assertThat(fixture.alerts().open(narrowed("source.ip = 203.0.113.1")).total()).isZero();

        String seen =
                fixture.alerts().list(narrowed, AlertQuery.newest(1)).alerts().getFirst().id();
        fixture.change(Action.ACK, seen, "");
        // a count may be shown again for a moment
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (fixture.alerts().open(narrowed).total() != 1) {
            assertThat(System.nanoTime() - deadline).isNegative();
        }
        assertThat(fixture.alerts().open(ALL).total()).isEqualTo(3);
    }

    @Test
    void theTimelineCountsWhatMayBeSeenInNarrowAndWideBuckets() {
        fixture.publish(
                alert("192.0.2.1", 99, 5),
                alert("192.0.2.1", 47, 25),
                alert("198.51.100.1", 99, 5),
                alert("198.51.100.1", 99, 15),
                alert("192.0.2.1", 21, 3_600));
        Identity narrowed = narrowed("source.ip in 192.0.2.0/24");

        assertThat(counts(narrowed, 30, TEN_SECONDS, Severity.CRITICAL))
                .containsExactly(1L, 0L, 0L);
        assertThat(counts(narrowed, 30, TEN_SECONDS, Severity.MEDIUM)).containsExactly(0L, 0L, 1L);
        assertThat(counts(narrowed, 7_200, Duration.ofHours(1), Severity.LOW))
                .containsExactly(0L, 1L);
        assertThat(counts(ALL, 30, TEN_SECONDS, Severity.CRITICAL)).containsExactly(2L, 1L, 0L);
    }

    @Test
    void aPermissionThatHidesNothingGivesTheStoredCounts() {
        Random random = new Random(5);
        for (int n = 0; n < 3; n++) {
            Event[] events = new Event[700];
            for (int i = 0; i < events.length; i++) {
                events[i] = alert("192.0.2.1", random.nextInt(100), random.nextInt(3_000));
            }
            fixture.publish(events);
        }
        Identity everything = narrowed("source.ip exists");

        assertThat(fixture.alerts().open(everything)).isEqualTo(fixture.alerts().open());
        for (Duration bucket :
                List.of(TEN_SECONDS, Duration.ofMinutes(1), Duration.ofMinutes(20))) {
            assertThat(timeline(everything, 2_500, bucket)).isEqualTo(timeline(ALL, 2_500, bucket));
        }
    }

    @Test
    void whoMayNotReadTheChannelIsToldOfNone() {
        fixture.publish(alert("192.0.2.1", 99, 1));
        Identity elsewhere =
                new Identity(
                        "elsewhere",
                        Role.VIEWER,
                        Identity.Kind.TOKEN,
                        "t-elsewhere",
                        List.of(ChannelPattern.of("network")),
                        Optional.empty(),
                        Optional.empty());

        assertThat(fixture.alerts().open(elsewhere).total()).isZero();
        assertThat(counts(elsewhere, 10, TEN_SECONDS, Severity.CRITICAL)).containsExactly(0L);
    }

    private static Identity narrowed(String rows) {
        return AlertsFixture.analyst("ann", Filter.parse(rows));
    }

    private Timeline timeline(Identity who, int seconds, Duration bucket) {
        return fixture.alerts().timeline(who, NOON, NOON.plusSeconds(seconds), bucket);
    }

    private List<Long> counts(Identity who, int seconds, Duration bucket, Severity severity) {
        return timeline(who, seconds, bucket).buckets().stream()
                .map(one -> one.of(severity))
                .toList();
    }

    private static Event alert(String source, int score, int second) {
        return Event.builder()
                .timestamp(NOON.plusSeconds(second))
                .put("event.kind", "alert")
                .put("rule.name", "rule")
                .put("source.ip", source)
                .put("ns.score", score)
                .put("ns.severity", Severity.ofScore(score).text())
                .build();
    }
}
