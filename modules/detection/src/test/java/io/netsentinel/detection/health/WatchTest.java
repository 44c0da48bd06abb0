package io.netsentinel.detection.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.DetectorStatus;
import io.netsentinel.detection.HealthCondition;
import io.netsentinel.detection.health.Check.Look;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.DiskForecast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WatchTest {
    private static final long MIB = 1L << 20;

    private final List<Event> told = new ArrayList<>();
    private Look seen = Look.well("fine");
    private boolean full;

    @Test
    void aChangeIsToldOnceAndSoIsItsEnd() {
        Watch watch = watch(1);
        watch.look();
        seen = new Look("low", "5 MiB are free");
        watch.look();
        watch.look();
        seen = Look.well("plenty");
        watch.look();

        assertThat(told)
                .extracting(event -> event.text(Fields.MESSAGE))
                .containsExactly("disk is low: 5 MiB are free", "disk is well: plenty");
        assertThat(told)
                .extracting(event -> event.text(Fields.NS_SEVERITY))
                .containsExactly("high", "info");
        assertThat(told.getLast().text("ns.health.previous")).isEqualTo("low");
        assertThat(watch.conditions())
                .extracting(HealthCondition::state)
                .containsExactly(HealthCondition.WELL);
    }

    @Test
    void whatOnlyLooksSoForAMomentIsNotTold() {
        Watch watch = watch(3);
        for (int i = 0; i < 2; i++) {
            seen = new Look("low", "");
            watch.look();
            watch.look();
            seen = Look.well("");
            watch.look();
        }
        assertThat(told).isEmpty();
        seen = new Look("low", "");
        watch.look();
        watch.look();
        watch.look();
        assertThat(told).hasSize(1);
    }

    @Test
    void whatTheLogDoesNotTakeIsToldLater() {
        Watch watch = watch(1);
        full = true;
        seen = new Look("degraded", "");
        watch.look();
        assertThat(told).isEmpty();
        full = false;
        watch.look();
        assertThat(told).hasSize(1);
    }

    @Test
    void theLimitsAreAsTheDocumentationSays() {
        assertThat(Checks.disk(1_000 * MIB, 100_000 * MIB).state()).isEqualTo("low");
        assertThat(Checks.disk(3_000 * MIB, 100_000 * MIB).state()).isEqualTo("well");
        assertThat(Checks.disk(1_000 * MIB, 10_000 * MIB).state()).isEqualTo("well");
        DiskForecast filling = forecast(1_000 * MIB);
        assertThat(Checks.storage(() -> filling).state()).isEqualTo("filling");
        assertThat(Checks.storage(() -> filling).message()).contains("is full in 5.0 days");
        assertThat(Checks.storage(() -> forecast(100_000 * MIB)).state()).isEqualTo("well");
        assertThat(
                        Checks.storage(
                                        () -> {
                                            throw new UncheckedIOException(new IOException("gone"));
                                        })
                                .state())
                .isEqualTo("unknown");
        assertThat(Checks.heap(93 * MIB, 100 * MIB).state()).isEqualTo("high");
        assertThat(Checks.heap(91 * MIB, 100 * MIB).state()).isEqualTo("well");
        assertThat(Checks.log(50_001).state()).isEqualTo("behind");
        assertThat(Checks.log(50_000).state()).isEqualTo("well");
        assertThat(Checks.detection(100_001).state()).isEqualTo("behind");
        assertThat(Checks.detection(100_000).state()).isEqualTo("well");
    }

    @Test
    void accountsThatMakeRoomSlowlyAreUsualAndThoseThatAreGivenUpInUseAreToldOf() {
        AtomicReference<DetectorStatus> scan = new AtomicReference<>(scan(0));
        Turnover turnover = new Turnover(() -> List.of(scan.get()), () -> 1_000, () -> 0);
        assertThat(turnover.get().state()).isEqualTo("well");
        // full some day, but what makes room was not used for more than five minutes
        for (int look = 1; look <= 5 * Turnover.LOOKS; look++) {
            scan.set(scan(look * 12L));
            assertThat(turnover.get().state()).as("look %d", look).isEqualTo("well");
        }
        long begun = begun(scan.get());
        scan.set(scan(begun + 50_000));

        Look crowded = turnover.get();

        assertThat(crowded.state()).isEqualTo("full");
        assertThat(crowded.message()).contains("scan (1,000 kept, 50,708 given up)");
        for (int look = 1; look < Turnover.LOOKS + Turnover.CALM; look++) {
            assertThat(turnover.get().state()).as("look %d", look).isEqualTo("full");
        }
        assertThat(turnover.get().state()).isEqualTo("well");
    }

    @Test
    void aBacklogOfDaysThatBringsManyInAMinuteIsNoAttack() {
        AtomicLong begun = new AtomicLong();
        AtomicLong newest = new AtomicLong();
        Turnover turnover = new Turnover(() -> List.of(scan(begun.get())), newest::get, () -> 0);
        turnover.get();
        begun.set(900);
        for (int look = 1; look <= Turnover.LOOKS; look++) {
            newest.set(Duration.ofHours(look).toMillis());
            assertThat(turnover.get().state()).as("look %d", look).isEqualTo("well");
            begun.addAndGet(5_000);
        }
        // the same in a minute of events
        newest.addAndGet(60_000);
        assertThat(turnover.get().state()).isEqualTo("full");
    }

    @Test
    void aBacklogThatIsReadWhileAnotherSensorIsLiveIsNoAttackButOneMeanwhileIs() {
        AtomicLong begun = new AtomicLong();
        AtomicLong late = new AtomicLong();
        AtomicLong newest = new AtomicLong(1_000);
        Turnover turnover = new Turnover(() -> List.of(scan(begun.get())), newest::get, late::get);
        for (int look = 1; look <= 2 * Turnover.LOOKS; look++) {
            assertThat(turnover.get().state()).as("look %d", look).isEqualTo("well");
            newest.addAndGet(5_000);
            begun.addAndGet(5_000);
            late.addAndGet(5_000);
        }
        begun.addAndGet(1_100);
        assertThat(turnover.get().state()).isEqualTo("full");
    }

    @Test
    void anAttackThatIsTheFirstThatComesIsToldOf() {
        AtomicLong begun = new AtomicLong();
        AtomicLong newest = new AtomicLong();
        Turnover turnover = new Turnover(() -> List.of(scan(begun.get())), newest::get, () -> 0);
        turnover.get();
        begun.set(50_000);
        newest.set(Duration.ofHours(1).toMillis());
        assertThat(turnover.get().state()).isEqualTo("full");
    }

    /// With room for a thousand, when so many have begun.
    private static DetectorStatus scan(long begun) {
        return new DetectorStatus(
                "scan", (int) Math.min(1_000, begun), Math.max(0, begun - 1_000), 0);
    }

    private static long begun(DetectorStatus status) {
        return status.tracked() + status.evicted();
    }

    /// 200 MiB a day are added.
    private static DiskForecast forecast(long free) {
        return new DiskForecast(
                0, 10_000 * MIB, free, OptionalDouble.of(200 * MIB), Duration.ofDays(7));
    }

    private Watch watch(int looks) {
        Check check = new Check("disk", "high", looks, () -> seen, Instant.EPOCH);
        return new Watch(List.of(check), this::publish, Clock.systemUTC());
    }

    private CompletableFuture<Appended> publish(Append append) {
        if (full) {
            return CompletableFuture.failedFuture(new IllegalStateException("full"));
        }
        append.entries().forEach(entry -> told.add(Event.fromJson(entry.payload())));
        return CompletableFuture.completedFuture(new Appended(List.of(), false));
    }
}
