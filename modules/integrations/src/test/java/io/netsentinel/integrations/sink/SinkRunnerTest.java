package io.netsentinel.integrations.sink;

import static io.netsentinel.integrations.sink.SinkLab.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.StorageDegradedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SinkRunnerTest {
    @TempDir private Path folder;

    @Test
    void everythingArrivesOnceAndInOrderAlsoOverARestart() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.append("alerts", 250);
            lab.start();
            lab.append("alerts", 250);
            lab.awaitLag(0);
            lab.restart();
            lab.append("alerts", 100);
            lab.awaitLag(0);
            assertThat(lab.got).isEqualTo(range(1, 600));
            SinkStatus status = lab.runner().status();
            assertThat(status.sent()).isEqualTo(100);
            assertThat(status.state()).isEqualTo(SinkStatus.State.RUNNING);
            assertThat(status.places().getFirst().offset()).isEqualTo(600);
            assertThat(status.places().getFirst().epoch()).hasSize(8);
        }
    }

    @Test
    void aNewSinkThatBeginsAtTheEndSendsWhatComes() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.append("alerts", 50);
            lab.configure(List.of("alerts"), "", SinkSettings.Start.END, lab.pace());
            lab.append("alerts", 50);
            lab.start().awaitLag(0);
            assertThat(lab.got).isEqualTo(range(51, 100));
        }
    }

    @Test
    void whatCameWhileItWasAwayIsSentAlsoFromANewChannel() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.configure(List.of("lab.*"), "", SinkSettings.Start.END, lab.pace());
            lab.start();
            lab.append("lab.a", 10);
            lab.await("ten came", () -> lab.got.size() == 10);
            lab.stop();
            lab.append("lab.b", 5);
            lab.restart();
            lab.await("five more came", () -> lab.got.size() == 15);
            assertThat(lab.runner().status().places()).hasSize(2);
        }
    }

    @Test
    void afterACrashAtMostOneBatchIsSentTwice() {
        try (SinkLab lab = new SinkLab(folder)) {
            AtomicBoolean dead = new AtomicBoolean();
            AtomicBoolean stands = new AtomicBoolean();
            lab.publishWith(append -> {
                if (!dead.get()) {
                    return lab.log().append(append);
                }
                stands.set(true);
                return new CompletableFuture<>();
            });
            lab.target(batch -> {
                // nothing is written down any more from the third batch on
                dead.set(lab.offered.size() >= 3);
                return Delivery.ALL;
            });
            lab.append("alerts", 1_000);
            lab.start();
            // its target has the third batch before it tries to write that down
            lab.await("it stands still", stands::get);
            assertThat(lab.got).isEqualTo(range(1, 300));
            SinkRunner crashed = lab.runner();
            lab.configure(List.of("alerts"), "", SinkSettings.Start.BEGIN, lab.pace());
            lab.publishWith(lab.log()::append);
            lab.target(_ -> Delivery.ALL);
            lab.start().awaitLag(0);
            crashed.stop();
            assertThat(lab.got.subList(0, 300)).isEqualTo(range(1, 300));
            assertThat(lab.got.subList(300, lab.got.size())).isEqualTo(range(201, 1_000));
        }
    }

    @Test
    void aTargetThatIsDownIsTriedAgainUntilItTakesEverything() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.target(_ -> {
                throw new IOException("Connection refused");
            });
            lab.append("alerts", 300);
            lab.start();
            lab.await(
                    "the circuit is open",
                    () -> lab.runner().status().circuit() == Circuit.State.OPEN);
            SinkStatus down = lab.runner().status();
            assertThat(down.state()).isEqualTo(SinkStatus.State.RETRYING);
            assertThat(down.lastError()).isEqualTo("Connection refused");
            assertThat(down.lag()).isEqualTo(300);
            assertThat(down.sent()).isZero();
            lab.target(_ -> Delivery.ALL);
            lab.awaitLag(0);
            assertThat(lab.got).isEqualTo(range(1, 300));
            assertThat(lab.runner().status().circuit()).isEqualTo(Circuit.State.CLOSED);
            assertThat(lab.runner().status().retried()).isPositive();
            assertThat(lab.events(Channel.SIEM))
                    .extracting(event -> event.text(Fields.EVENT_ACTION))
                    .containsExactly("circuit-open", "circuit-closed");
        }
    }

    @Test
    void aTargetThatFailedIsTriedWithFewRecords() {
        try (SinkLab lab = new SinkLab(folder)) {
            AtomicInteger failures = new AtomicInteger(4);
            lab.target(_ -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("away");
                }
                return Delivery.ALL;
            });
            lab.append("alerts", 100);
            lab.start().awaitLag(0);
            assertThat(lab.offered).startsWith(100, 100, 100, 10, 10, 90);
        }
    }

    @Test
    void aRecordThatIsRefusedBecomesADeadLetterAndTheOthersArrive() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.target(batch ->
                    batch.stream().anyMatch(record -> record.offset() == 37)
                            ? new Delivery.Refused("no number 37\u001b")
                            : Delivery.ALL);
            lab.append("alerts", 200);
            lab.start().awaitLag(0);
            List<Long> wanted = range(1, 200);
            wanted.remove(37L);
            assertThat(lab.got).isEqualTo(wanted);
            assertThat(lab.runner().status().failed()).isEqualTo(1);
            Event letter = lab.events(Channel.DEAD_LETTERS).getFirst();
            assertThat(lab.events(Channel.DEAD_LETTERS)).hasSize(1);
            assertThat(letter.text(Fields.EVENT_REASON)).isEqualTo("no number 37\\x1b");
            assertThat(letter.number("ns.sink.offset", 0)).isEqualTo(37);
            assertThat(letter.text(Fields.RAW)).contains("alerts36");
        }
    }

    @Test
    void ofABatchThatIsTakenInPartOnlyTheRestIsSentAgain() {
        try (SinkLab lab = new SinkLab(folder)) {
            AtomicBoolean first = new AtomicBoolean(true);
            lab.target(_ ->
                    first.getAndSet(false)
                            ? new Delivery.Partly(
                                    Map.of(0, "no"), Set.of(3, 4), "busy", Duration.ZERO)
                            : Delivery.ALL);
            lab.append("alerts", 10);
            lab.start().awaitLag(0);
            assertThat(lab.got).containsExactly(2L, 3L, 6L, 7L, 8L, 9L, 10L, 4L, 5L);
            assertThat(lab.runner().status().failed()).isEqualTo(1);
            assertThat(lab.runner().status().sent()).isEqualTo(9);
        }
    }

    @Test
    void aDeadLetterThatIsRefusedMakesNoOther() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.configure(List.of(Channel.DEAD_LETTERS), "", SinkSettings.Start.BEGIN, lab.pace());
            lab.target(_ -> new Delivery.Refused("never"));
            lab.append(Channel.DEAD_LETTERS, 5);
            lab.start().awaitLag(0);
            assertThat(lab.events(Channel.DEAD_LETTERS)).hasSize(5);
            assertThat(lab.runner().status().failed()).isEqualTo(5);
        }
    }

    @Test
    void onlyWhatMeetsTheFilterIsSentAndWhatIsNoEventDoesNot() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.configure(List.of("alerts"), "n = 1", SinkSettings.Start.BEGIN, lab.pace());
            byte[] junk = "{junk}".getBytes(StandardCharsets.UTF_8);
            lab.log().append(Append.of(Entry.of("alerts", junk))).join();
            lab.append("alerts", 4);
            lab.start().awaitLag(0);
            assertThat(lab.got).containsExactly(3L, 5L);
            assertThat(lab.runner().status().filtered()).isEqualTo(3);
            lab.restart();
            lab.awaitLag(0);
            assertThat(lab.got).as("it went past the others too").containsExactly(3L, 5L);
        }
    }

    @Test
    void aDeliveryThatTakesTooLongIsEndedAndMadeSmaller() {
        try (SinkLab lab = new SinkLab(folder)) {
            SinkSettings.Pace pace =
                    new SinkSettings.Pace(
                            100,
                            1 << 20,
                            Duration.ZERO,
                            Duration.ofMillis(100),
                            Duration.ofMillis(100));
            lab.configure(List.of("alerts"), "", SinkSettings.Start.BEGIN, pace);
            lab.target(batch -> {
                if (batch.size() > 30) {
                    stuck();
                }
                return Delivery.ALL;
            });
            lab.append("alerts", 100);
            lab.start().awaitLag(0);
            assertThat(lab.got).isEqualTo(range(1, 100));
            assertThat(lab.offered).startsWith(100, 50, 25);
            assertThat(lab.runner().status().lastError()).isEqualTo("took longer than 100 ms");
        }
    }

    private static void stuck() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Test
    void aPauseHoldsOverARestartUntilItIsResumed() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.start();
            assertThat(lab.runner().pause("ann").join()).isTrue();
            assertThat(lab.runner().pause("ann").join()).isFalse();
            lab.append("alerts", 10);
            lab.restart();
            assertThat(lab.runner().status().state()).isEqualTo(SinkStatus.State.PAUSED);
            assertThat(lab.runner().status().lag()).isEqualTo(10);
            assertThat(lab.got).isEmpty();
            assertThat(lab.runner().resume("bob").join()).isTrue();
            lab.awaitLag(0);
            assertThat(lab.got).isEqualTo(range(1, 10));
            assertThat(lab.events(Channel.SIEM))
                    .extracting(event -> event.text(Fields.USER_NAME))
                    .containsExactly("ann", "bob");
        }
    }

    @Test
    void aBatchNobodyTakesCanBeSkippedAndRewoundTo() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.target(batch -> {
                if (batch.getFirst().offset() <= 3) {
                    throw new IOException("never");
                }
                return Delivery.ALL;
            });
            lab.append("alerts", 10);
            lab.start();
            lab.await("it is stuck", () -> lab.runner().status().circuit() == Circuit.State.OPEN);
            Move three = (_, offset) -> offset + 3;
            assertThat(lab.runner().move(Optional.empty(), three, "skip", "ann").join())
                    .containsExactly(Map.entry("alerts", 3L));
            lab.awaitLag(0);
            assertThat(lab.got).isEqualTo(range(4, 10));
            assertThat(lab.runner().status().skipped()).isEqualTo(3);
            lab.target(_ -> Delivery.ALL);
            Move back = (state, _) -> state.first() - 1;
            lab.runner().move(Optional.of("alerts"), back, "rewind", "ann").join();
            lab.await("all came", () -> new TreeSet<>(lab.got).size() == 10);
            lab.awaitLag(0);
            assertThat(lab.got.subList(7, 17)).isEqualTo(range(1, 10));
            assertThat(lab.runner().move(Optional.of("other"), back, "skip", "ann").join())
                    .isEmpty();
        }
    }

    @Test
    void whatRetentionTookBeforeItWasSentIsDeclaredWithItsCount() {
        LogSettings small = LogSettings.defaults().withSegments(100, 64 << 20, Duration.ofDays(1));
        try (SinkLab lab = new SinkLab(folder, small)) {
            lab.start();
            lab.append("alerts", 10);
            lab.awaitLag(0);
            lab.runner().pause("ann").join();
            for (int i = 0; i < 10; i++) {
                lab.append("alerts", 100);
            }
            lab.restart(small.withMaxAge(Duration.ofMillis(1), Map.of("siem", Duration.ofDays(1))));
            lab.await("retention took some", () -> first(lab) > 500);
            lab.runner().resume("ann").join();
            lab.awaitLag(0);
            long first = 11 + lab.runner().status().missed();
            assertThat(first).isGreaterThan(500);
            assertThat(lab.got.subList(10, lab.got.size())).isEqualTo(range(first, 1_010));
            Event gap =
                    lab.events(Channel.SIEM).stream()
                            .filter(event -> event.text(Fields.EVENT_ACTION).equals("gap"))
                            .findFirst()
                            .orElseThrow();
            assertThat(gap.text(Fields.EVENT_REASON)).isEqualTo("retention");
            assertThat(gap.number("ns.sink.from", 0)).isEqualTo(11);
            assertThat(gap.number("ns.sink.to", 0)).isEqualTo(first - 1);
            assertThat(gap.number("ns.sink.count", 0)).isEqualTo(first - 11);
        }
    }

    private static long first(SinkLab lab) {
        return lab.log().state("alerts").orElseThrow().first();
    }

    @Test
    void aTestSendsOneRecordAndSaysWhatBecameOfIt() {
        try (SinkLab lab = new SinkLab(folder)) {
            lab.start();
            assertThat(lab.runner().test("ann").join()).isEmpty();
            assertThat(lab.got).hasSize(1);
            lab.target(_ -> {
                throw new IOException("away");
            });
            assertThat(lab.runner().test("ann").join()).contains("away");
            assertThat(lab.runner().status().sent()).isZero();
            assertThat(lab.runner().status().circuit()).isEqualTo(Circuit.State.CLOSED);
        }
    }

    @Test
    void whileItsPlaceCannotBeStoredNothingMoreIsSent() {
        try (SinkLab lab = new SinkLab(folder)) {
            AtomicBoolean full = new AtomicBoolean();
            lab.publishWith(append ->
                    full.get()
                            ? CompletableFuture.failedFuture(
                                    new StorageDegradedException("the disk is full"))
                            : lab.log().append(append));
            lab.start();
            lab.await("it has begun", () -> lab.log().bookmark("sink/lab/=").isPresent());
            full.set(true);
            lab.append("alerts", 300);
            lab.await(
                    "it says so",
                    () -> lab.runner().status().lastError().contains("the disk is full"));
            assertThat(lab.got).hasSizeLessThanOrEqualTo(100);
            full.set(false);
            lab.awaitLag(0);
            assertThat(lab.got).isEqualTo(range(1, 300));
        }
    }
}
