package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

    @TempDir Path directory;

    private EventLog log;

    @BeforeEach
    void open() {
        log = Logs.open(directory);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void reopen() {
        log.close();
        log = Logs.open(directory);
    }

    @Test
    void offsetsAreDensePerChannelAndBeginAtOne() {
        assertThat(Logs.append(log, "alerts", "a", "b"))
                .extracting(Position::offset)
                .containsExactly(1L, 2L);
        assertThat(Logs.append(log, "network", "c"))
                .extracting(Position::offset)
                .containsExactly(1L);
        assertThat(Logs.append(log, "alerts", "d"))
                .extracting(Position::offset)
                .containsExactly(3L);
        assertThat(Logs.texts(log, "alerts")).containsExactly("a", "b", "d");
    }

    @Test
    void anEventAndItsCopyOnAnotherChannelCommitTogether() {
        Append both =
                Append.of(
                        Logs.entry("alerts", "x"),
                        Logs.entry("threats", "x"),
                        Logs.entry("alerts", "y"));
        assertThat(log.append(both).join().positions())
                .extracting(p -> p.channel() + p.offset())
                .containsExactly("alerts1", "threats1", "alerts2");
    }

    @Test
    void everythingIsThereAgainAfterAReopening() {
        Logs.appendNumbers(log, "alerts", 1, 250);
        log.append(Logs.bookmarked("network", "n", "file", "17")).join();
        List<ChannelState> before = log.states();
        reopen();
        assertThat(log.states()).isEqualTo(before);
        assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, 250));
        assertThat(log.bookmark("file").map(b -> new String(b, UTF_8))).contains("17");
        assertThat(Logs.append(log, "alerts", "next").getFirst().offset()).isEqualTo(251);
        assertThat(log.reports()).isEmpty();
    }

    @Test
    void bookmarksMoveWithTheirEventsAndAnEmptyOneIsRemoved() {
        log.append(Logs.bookmarked("network", "1", "a", "10")).join();
        log.append(Logs.bookmarked("network", "2", "b", "20")).join();
        log.append(Logs.bookmarked("network", "3", "a", "11")).join();
        assertThat(log.bookmarks()).containsOnlyKeys("a", "b");
        log.append(Logs.bookmarked("network", "4", "b", "")).join();
        reopen();
        assertThat(log.bookmarks()).containsOnlyKeys("a");
        assertThat(log.bookmark("a").map(b -> new String(b, UTF_8))).contains("11");
        assertThat(log.bookmark("b")).isEmpty();
    }

    @Test
    void aRepeatedKeyWritesNothingAndGivesTheFirstAnswer() {
        IdempotencyKey key = new IdempotencyKey("token-1", "request-1");
        Append append =
                Append.of(
                                Logs.entry("alerts", "a"),
                                Logs.entry("threats", "b"),
                                Logs.entry("threats", "c"))
                        .withKey(key);
        Appended first = log.append(append).join();
        Appended second = log.append(append).join();
        assertThat(first.duplicate()).isFalse();
        assertThat(second).isEqualTo(new Appended(first.positions(), true));
        reopen();
        assertThat(log.append(append).join()).isEqualTo(second);
        assertThat(
                        log.append(append.withKey(new IdempotencyKey("token-2", "request-1")))
                                .join()
                                .duplicate())
                .isFalse();
        assertThat(Logs.texts(log, "threats")).containsExactly("b", "c", "b", "c");
        assertThat(log.statistics().duplicates()).isEqualTo(1);
    }

    @Test
    void ofManySimultaneousRepetitionsOneIsWritten() {
        Append append = Logs.append("alerts", "once").withKey(new IdempotencyKey("s", "k"));
        List<CompletableFuture<Appended>> all =
                IntStream.range(0, 100).mapToObj(_ -> log.append(append)).toList();
        assertThat(all.stream().map(CompletableFuture::join).filter(a -> !a.duplicate()))
                .hasSize(1);
        assertThat(Logs.texts(log, "alerts")).containsExactly("once");
    }

    @Test
    void creatingAChannelGivesItAnEpochAndNoEvents() {
        ChannelState made = log.create("lab.test");
        assertThat(made.epoch()).matches("[a-z2-7]{8}");
        assertThat(made).isEqualTo(new ChannelState("lab.test", made.epoch(), 1, 0));
        assertThat(log.create("lab.test")).isEqualTo(made);
        reopen();
        assertThat(log.state("lab.test")).contains(made);
        assertThat(log.state("unknown")).isEmpty();
    }

    @Test
    void badNamesAndSizesAreRefusedWithTheirReason() {
        assertThatThrownBy(() -> log.create("Not Allowed")).hasMessageContaining("a-z 0-9");
        assertThatThrownBy(() -> Logs.entry("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Entry("a", new byte[0], 4, 0))
                .hasMessageContaining("priority is 4");
        assertThatThrownBy(() -> new Entry("a", new byte[0], 1, -1))
                .hasMessageContaining("ttlMillis is -1");
        assertThatThrownBy(() -> new Bookmark("", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IdempotencyKey("", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void priorityExpiryAndCommitTimeComeBack() {
        Position written =
                log.append(Append.of(new Entry("alerts", "x".getBytes(UTF_8), 3, 5_000)))
                        .join()
                        .positions()
                        .getFirst();
        LogRecord found = Logs.readAll(log, "alerts", 0).getFirst();
        assertThat(found.priority()).isEqualTo(3);
        assertThat(found.time()).isEqualTo(written.time());
        assertThat(found.expires()).isEqualTo(written.time() + 5_000);
    }

    @Test
    void listenersGetEveryRecordInOrderBeforeTheAppendIsAnswered() {
        List<Long> told = new ArrayList<>();
        try (Registration _ =
                log.onCommit(c ->
                        c.batches().forEach(b -> b.records().forEach(r -> told.add(r.offset()))))) {
            Logs.append(log, "alerts", "1", "2", "3");
            assertThat(told).containsExactly(1L, 2L, 3L);
        }
        Logs.append(log, "alerts", "4");
        assertThat(told).hasSize(3);
    }

    @Test
    void aListenerThatFailsStopsNobody() {
        List<Committed> told = new ArrayList<>();
        log.onCommit(_ -> {
            throw new IllegalStateException("broken listener");
        });
        log.onCommit(told::add);
        Logs.append(log, "alerts", "1");
        assertThat(told).hasSize(1);
    }

    @Test
    void manyThreadsAppendWithoutHolesOrDoubles() throws InterruptedException {
        ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
        List<Thread> threads =
                IntStream.range(0, 40)
                        .mapToObj(t ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            for (int i = 0; i < 50; i++) {
                                                Logs.append(log, "network", t + "/" + i)
                                                        .forEach(p -> offsets.add(p.offset()));
                                            }
                                        }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(offsets).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(Logs.texts(log, "network")).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(log.state("network").orElseThrow().tail()).isEqualTo(2_000);
        assertThat(log.statistics().events()).isEqualTo(2_000);
    }

    @Test
    void aFullQueueIsAnAnswerAndNotAnAccident() {
        try (EventLog small =
                EventLog.open(
                        directory.resolve("small"),
                        Logs.settings()
                                .withGroups(1, java.time.Duration.ZERO)
                                .withQueue(3, 1 << 24))) {
            List<CompletableFuture<Appended>> all =
                    IntStream.range(0, 2_000)
                            .mapToObj(
                                    i -> small.append(Logs.append("alerts", "x".repeat(1_000) + i)))
                            .toList();
            List<CompletableFuture<Appended>> refused =
                    all.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
            assertThat(refused).isNotEmpty();
            assertThatThrownBy(() -> refused.getFirst().join())
                    .hasCauseInstanceOf(QueueFullException.class);
            all.stream()
                    .filter(f -> !f.isCompletedExceptionally())
                    .forEach(CompletableFuture::join);
            assertThat(small.state("alerts").orElseThrow().tail())
                    .isEqualTo(2_000 - refused.size());
            assertThat(small.statistics().refused()).isEqualTo(refused.size());
        }
    }

    @Test
    void aClosedLogRefusesAndTheQueueIsStillWritten() {
        List<CompletableFuture<Appended>> all =
                IntStream.range(0, 500)
                        .mapToObj(i -> log.append(Logs.append("alerts", "e" + i)))
                        .toList();
        log.close();
        assertThat(all).allSatisfy(f -> assertThat(f.join().positions()).hasSize(1));
        assertThatThrownBy(() -> log.append(Logs.append("alerts", "late")).join())
                .hasCauseInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> log.read("alerts", 0, 1, 1).join())
                .hasCauseInstanceOf(LogClosedException.class);
        log = Logs.open(directory);
        assertThat(log.state("alerts").orElseThrow().tail()).isEqualTo(500);
    }

    @Test
    void anInterruptedCallerHarmsNothing() {
        Thread.currentThread().interrupt();
        CompletableFuture<Appended> appended = log.append(Logs.append("alerts", "1"));
        CompletableFuture<Page> read = log.read("alerts", 0, 10, 1_000);
        assertThat(Thread.interrupted()).isTrue();
        appended.join();
        read.join();
        assertThat(Logs.texts(log, "alerts")).containsExactly("1");
    }

    @Test
    void anAppendWithoutEntriesMovesItsBookmark() {
        Append moved =
                new Append(
                        List.of(),
                        List.of(new Bookmark("f", "9".getBytes(UTF_8))),
                        Optional.empty());
        assertThat(log.append(moved).join().positions()).isEmpty();
        assertThat(log.bookmarks()).containsOnlyKeys("f");
        assertThat(Map.copyOf(log.bookmarks())).hasSize(1);
    }
}
