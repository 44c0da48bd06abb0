package io.netsentinel.integrations.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.spi.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// The small parts of a sink.
final class PartsTest {
    @Test
    void aBackoffIsARandomPartOfATimeThatDoublesUpToALimit() {
        Backoff backoff = new Backoff(Duration.ofSeconds(60), new Random(1));
        for (int failures = 1; failures < 100; failures++) {
            long most = failures > 8 ? 60_000 : 250L << (failures - 1);
            long longest = 0;
            for (int i = 0; i < 200; i++) {
                long millis = backoff.after(failures, Duration.ZERO).toMillis();
                assertThat(millis).isBetween(20L, most);
                longest = Math.max(longest, millis);
            }
            assertThat(longest).as("after " + failures).isGreaterThan(most * 9 / 10);
        }
    }

    @Test
    void aTargetThatAsksForTimeGetsItButNotForEver() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), new Random(1));
        assertThat(backoff.after(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
        assertThat(backoff.after(1, Duration.ofDays(9))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theCircuitOpensAfterThreeFailuresAndClosesAfterOneSuccess() {
        Circuit circuit = new Circuit();
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
        assertThat(circuit.failed()).isTrue();
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
        circuit.trying();
        assertThat(circuit.state()).isEqualTo(Circuit.State.HALF_OPEN);
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
        circuit.trying();
        assertThat(circuit.worked()).isTrue();
        assertThat(circuit.state()).isEqualTo(Circuit.State.CLOSED);
        assertThat(circuit.worked()).isFalse();
    }

    @Test
    void aSlowTargetGetsSmallerBatchesAndAQuickOneLargerOnes() {
        BatchSize size = new BatchSize(500, Duration.ofSeconds(32));
        size.worked(500, Duration.ofSeconds(5));
        assertThat(size.now()).isEqualTo(250);
        size.tooMany(250);
        assertThat(size.now()).isEqualTo(125);
        size.worked(20, Duration.ofMillis(1));
        assertThat(size.now()).as("not a full batch").isEqualTo(125);
        size.worked(125, Duration.ofSeconds(2));
        assertThat(size.now()).as("neither slow nor quick").isEqualTo(125);
        size.worked(125, Duration.ofMillis(10));
        size.worked(250, Duration.ofMillis(10));
        size.worked(500, Duration.ofMillis(10));
        assertThat(size.now()).isEqualTo(500);
        for (int i = 0; i < 20; i++) {
            size.tooMany(size.now());
        }
        assertThat(size.now()).isEqualTo(1);
    }

    @Test
    void aPlaceIsReadBackAndNothingElseIs() {
        Place place = new Place("abcdefgh", 123_456_789_012L);
        assertThat(Place.decode(place.encode())).contains(place);
        Place none = new Place("", 0);
        assertThat(Place.decode(none.encode())).contains(none);
        for (String text : new String[] {"", "abcdefgh", "abcdefgh -1", "ABCDEFGH 1", "a 1 2"}) {
            assertThat(Place.decode(text.getBytes(US_ASCII))).as(text).isEmpty();
        }
    }

    @Test
    void aWatchEndsWhatTakesTooLongAndNothingElse() throws InterruptedException {
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            Thread slow =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Watch watch = Watch.over(timer, Duration.ofMillis(20))) {
                                    while (!Thread.currentThread().isInterrupted()) {
                                        LockSupport.parkNanos(1_000_000);
                                    }
                                    assertThat(watch.fired()).isTrue();
                                }
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new AssertionError("still interrupted");
                                }
                            });
            assertThat(slow.join(Duration.ofSeconds(10))).isTrue();
            try (Watch watch = Watch.over(timer, Duration.ofHours(1))) {
                assertThat(watch.fired()).isFalse();
            }
        }
    }

    @Test
    void aTraceIsToldInWhichWayAnAttemptFailedAndNothingThatTheTargetSays() {
        String quote = "cannot index 10.0.0.1";
        assertThat(Shipment.kindOfFailure(0, Delivery.ALL)).isEmpty();
        assertThat(Shipment.kindOfFailure(0, new Delivery.Refused(quote))).isEqualTo("refused");
        assertThat(Shipment.kindOfFailure(0, Delivery.Later.because(quote)))
                .isEqualTo("not taken now");
        Delivery partly = new Delivery.Partly(Map.of(0, quote), Set.of(1), quote, Duration.ZERO);
        assertThat(Shipment.kindOfFailure(0, partly)).isEqualTo("refused");
        assertThat(Shipment.kindOfFailure(1, partly)).isEqualTo("not taken now");
        assertThat(Shipment.kindOfFailure(2, partly)).isEmpty();
    }
}
