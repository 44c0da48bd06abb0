package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxesTest {

    private static final int PATIENCE_SECONDS = 20;

    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();
    private EventLog log;
    private Inboxes inboxes;

    @BeforeEach
    void open() {
        open(InboxSettings.defaults());
    }

    private void open(InboxSettings settings) {
        log = Logs.open(directory);
        inboxes = Inboxes.open(log.store(), settings, clock);
    }

    private void reopen(InboxSettings settings) {
        close();
        open(settings);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private long send(String text, int priority) {
        return send("ada", "desk", text, priority, Optional.empty());
    }

    private long send(
            String user, String client, String text, int priority, Optional<Duration> ttl) {
        return inboxes.send(user, client, text.getBytes(UTF_8), priority, ttl).join().seq();
    }

    private Reader reader() {
        return new Reader("ada", "desk", false);
    }

    private long stored() {
        return log.store().table("messages").scan("", Table.END, 10_000).size();
    }

    /// A connection that asks when it is woken.
    private final class Reader implements AutoCloseable {
        private final Semaphore wakes = new Semaphore(0);
        private final InboxReader reader;

        Reader(String user, String client, boolean passing) {
            reader = inboxes.read(user, client, passing, wakes::release);
        }

        Letter next() {
            InboxReader.Next next = reader.next(Integer.MAX_VALUE);
            while (!(next instanceof Letter)) {
                awaitWake();
                next = reader.next(Integer.MAX_VALUE);
            }
            return (Letter) next;
        }

        private void awaitWake() {
            try {
                assertThat(wakes.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("woken")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        List<String> texts(int count) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                texts.add(new String(next().data(), UTF_8));
            }
            return texts;
        }

        boolean acknowledge(long seq) {
            return reader.acknowledge(seq);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Test
    void theHighestPriorityComesFirstAndWithinItTheOldest() {
        send("a1", 1);
        send("b0", 0);
        send("c3", 3);
        send("d1", 1);
        send("e3", 3);
        send("f2", 2);
        try (Reader reader = reader()) {
            assertThat(reader.texts(6)).containsExactly("c3", "e3", "f2", "a1", "d1", "b0");
        }
    }

    @Test
    void anUrgentMessageOvertakesWhatIsNotHandedOutYet() {
        send("a", 1);
        send("b", 1);
        try (Reader reader = reader()) {
            assertThat(reader.texts(1)).containsExactly("a");
            send("urgent", 3);
            assertThat(reader.texts(2)).containsExactly("urgent", "b");
        }
    }

    @Test
    void everyMessageNamesTheOneBeforeIt() {
        long a = send("a", 1);
        long b = send("b", 2);
        try (Reader reader = reader()) {
            assertThat(reader.next()).extracting(Letter::seq, Letter::prev).containsExactly(b, 0L);
            assertThat(reader.next()).extracting(Letter::seq, Letter::prev).containsExactly(a, b);
        }
    }

    @Test
    void anAcknowledgementMeansAllHandedOutBeforeItAndNothingElse() {
        long low = send("low", 0);
        send("high", 3);
        send("middle", 1);
        try (Reader reader = reader()) {
            reader.texts(1);
            long middle = reader.next().seq();
            assertThat(reader.acknowledge(middle)).isTrue();
            assertThat(reader.next().seq()).isEqualTo(low);
        }
        try (Reader again = reader()) {
            assertThat(again.texts(1)).containsExactly("low");
        }
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void whatWasNotHandedOutHereCannotBeAcknowledged() {
        long first = send("a", 1);
        long second = send("b", 0);
        try (Reader reader = reader()) {
            reader.next();
            assertThat(reader.acknowledge(second)).isFalse();
            assertThat(reader.acknowledge(second + 1)).isFalse();
            assertThat(reader.acknowledge(0)).isFalse();
            assertThat(reader.acknowledge(first)).isTrue();
            assertThat(reader.acknowledge(first)).as("once more").isTrue();
        }
    }

    @Test
    void whatWasNotAcknowledgedComesAgainAfterARestart() {
        send("a", 1);
        send("b", 2);
        try (Reader reader = reader()) {
            long b = reader.next().seq();
            reader.next();
            reader.acknowledge(b);
        }
        reopen(InboxSettings.defaults());
        try (Reader reader = reader()) {
            assertThat(reader.texts(1)).containsExactly("a");
        }
    }

    @Test
    void numbersAreNeverGivenTwiceNotEvenAfterARestartWithNothingKept() {
        long before = send("a", 1);
        try (Reader reader = reader()) {
            reader.acknowledge(reader.next().seq());
        }
        reopen(InboxSettings.defaults());
        assertThat(stored()).isZero();
        assertThat(send("b", 1)).isGreaterThan(before);
    }

    @Test
    void whatExpiredIsCountedAndTheNextMessageTells() {
        send("ada", "desk", "short", 1, Optional.of(Duration.ofSeconds(5)));
        send("ada", "desk", "short too", 3, Optional.of(Duration.ofSeconds(5)));
        send("ada", "desk", "long", 0, Optional.of(Duration.ofHours(1)));
        clock.pass(Duration.ofSeconds(6));
        try (Reader reader = reader()) {
            Letter letter = reader.next();
            assertThat(new String(letter.data(), UTF_8)).isEqualTo("long");
            assertThat(letter.lost()).isEqualTo(2);
            assertThat(letter.ttl()).isEqualTo(Duration.ofSeconds(3_594));
            send("next", 1);
            assertThat(reader.next().lost()).as("told once").isZero();
        }
        assertThat(inboxes.statistics().expired()).isEqualTo(2);
    }

    @Test
    void aLossIsToldAgainUntilItsMessageIsAcknowledgedAlsoAfterARestart() {
        send("ada", "desk", "short", 1, Optional.of(Duration.ofSeconds(5)));
        clock.pass(Duration.ofSeconds(6));
        assertThat(inboxes.sweep()).isEqualTo(1);
        assertThat(stored()).isZero();
        reopen(InboxSettings.defaults());
        send("a", 1);
        try (Reader reader = reader()) {
            assertThat(reader.next().lost()).isEqualTo(1);
        }
        try (Reader reader = reader()) {
            Letter again = reader.next();
            assertThat(again.lost()).isEqualTo(1);
            reader.acknowledge(again.seq());
        }
        send("b", 1);
        try (Reader reader = reader()) {
            assertThat(reader.next().lost()).isZero();
        }
    }

    @Test
    void aMessageOnItsWayDoesNotExpireBeforeItsConnectionEnds() {
        send("ada", "desk", "short", 1, Optional.of(Duration.ofSeconds(5)));
        Reader reader = reader();
        long seq = reader.next().seq();
        clock.pass(Duration.ofSeconds(6));
        assertThat(inboxes.sweep()).isZero();
        assertThat(reader.acknowledge(seq)).isTrue();
        reader.close();
        assertThat(inboxes.statistics().expired()).isZero();
    }

    @Test
    void onlySoManyAreOnTheirWayUnacknowledged() {
        for (int i = 0; i < 70; i++) {
            var _ = inboxes.send("ada", "desk", new byte[] {'0'}, 1, Optional.empty());
        }
        log.store().flush();
        try (Reader reader = reader()) {
            reader.texts(63);
            long last = reader.next().seq();
            assertThat(reader.reader.next(Integer.MAX_VALUE)).isEqualTo(InboxReader.Nothing.NOW);
            assertThat(reader.reader.underWay()).isEqualTo(64);
            reader.acknowledge(last);
            reader.texts(6);
        }
    }

    @Test
    void whatDoesNotFitWaitsForAWriteOfItsOwn() {
        send("0123456789", 1);
        try (Reader reader = reader()) {
            InboxReader.Next next = reader.reader.next(9);
            while (next == InboxReader.Nothing.NOW) {
                reader.awaitWake();
                next = reader.reader.next(9);
            }
            assertThat(next).isEqualTo(InboxReader.Nothing.FULL);
            assertThat(reader.texts(1)).containsExactly("0123456789");
        }
    }

    @Test
    void allConnectionsOfAClientGetItAndOneAcknowledgementIsEnough() {
        try (Reader one = reader();
                Reader two = reader()) {
            send("a", 1);
            long seq = one.next().seq();
            assertThat(two.next().seq()).isEqualTo(seq);
            one.acknowledge(seq);
            assertThat(two.acknowledge(seq)).as("gone already").isTrue();
            assertThat(two.reader.underWay()).isZero();
        }
        assertThat(stored()).isZero();
    }

    @Test
    void aClientsQueueIsBoundedAndMakesRoomByWhatExpired() {
        reopen(InboxSettings.defaults().withMessagesPerClient(2));
        send("ada", "desk", "a", 1, Optional.of(Duration.ofSeconds(5)));
        send("b", 1);
        assertThatThrownBy(() -> send("c", 3))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("2 messages wait for this client");
        send("ada", "other", "c", 1, Optional.empty());
        clock.pass(Duration.ofSeconds(6));
        send("d", 1);
        assertThat(inboxes.statistics())
                .extracting(InboxStatistics::refused, InboxStatistics::expired)
                .containsExactly(1L, 1L);
    }

    @Test
    void allQueuesTogetherAreBoundedByNumberAndByBytes() {
        reopen(InboxSettings.defaults().withTotal(3, 10));
        send("ada", "a", "12345", 1, Optional.empty());
        assertThatThrownBy(() -> send("ada", "b", "123456", 1, Optional.empty()))
                .isInstanceOf(QueueFullException.class);
        send("ada", "b", "1234", 1, Optional.empty());
        send("ada", "c", "", 1, Optional.empty());
        assertThatThrownBy(() -> send("ada", "d", "", 1, Optional.empty()))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("3 messages with 9 bytes");
        inboxes.purge("ada", "a");
        send("ada", "d", "x", 1, Optional.empty());
    }

    @Test
    void aUsersClientsAreBoundedAndTheOneAwayLongestMakesRoom() {
        reopen(InboxSettings.defaults().withClients(2, 3));
        new Reader("ada", "old", false).close();
        clock.pass(Duration.ofSeconds(1));
        send("ada", "waiting", "a", 1, Optional.empty());
        try (Reader _ = new Reader("ada", "new", false)) {
            assertThat(inboxes.list("ada", "", 10))
                    .extracting(InboxInfo::client)
                    .containsExactly("new", "waiting");
            assertThatThrownBy(() -> new Reader("ada", "more", false))
                    .isInstanceOf(QueueFullException.class);
            new Reader("bob", "first", false).close();
            assertThatThrownBy(() -> new Reader("eve", "first", false))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("3 clients");
        }
    }

    @Test
    void whatAnAdministratorRemovesIsCountedAsUnread() {
        send("a", 1);
        send("b", 2);
        assertThat(inboxes.purge("ada", "desk")).contains(2);
        assertThat(inboxes.purge("ada", "nobody")).isEmpty();
        assertThat(stored()).isZero();
        send("c", 1);
        try (Reader reader = reader()) {
            assertThat(reader.next().lost()).isEqualTo(2);
        }
    }

    @Test
    void aClientWithoutAnIdOfItsOwnLeavesNothingBehind() {
        Reader reader = new Reader("ada", "01CONNECTION", true);
        send("ada", "01CONNECTION", "a", 1, Optional.empty());
        assertThat(reader.texts(1)).containsExactly("a");
        reader.close();
        assertThat(stored()).isZero();
        assertThat(inboxes.list("", "", 10)).isEmpty();
        assertThat(inboxes.statistics().messages()).isZero();
    }

    @Test
    void aClientThatDoesNotComeBackIsForgottenWhenNothingWaitsForIt() {
        new Reader("ada", "gone", false).close();
        send("ada", "waited-for", "a", 1, Optional.empty());
        Reader connected = new Reader("ada", "here", false);
        clock.pass(Duration.ofDays(6));
        assertThat(inboxes.forget(Duration.ofDays(7))).isZero();
        clock.pass(Duration.ofDays(2));
        assertThat(inboxes.forget(Duration.ofDays(7))).isEqualTo(1);
        connected.close();
        reopen(InboxSettings.defaults());
        assertThat(inboxes.list("", "", 10))
                .extracting(InboxInfo::client)
                .containsExactly("here", "waited-for");
    }

    @Test
    void aListSaysWhatWaitsForWhom() {
        send("abc", 1);
        clock.pass(Duration.ofSeconds(1));
        send("de", 3);
        send("bob", "desk", "f", 0, Optional.empty());
        InboxInfo info = inboxes.list("", "", 1).getFirst();
        assertThat(info.user()).isEqualTo("ada");
        assertThat(info.messages()).isEqualTo(2);
        assertThat(info.byPriority()).containsExactly(0, 1, 0, 1);
        assertThat(info.bytes()).isEqualTo(5);
        assertThat(info.oldest()).contains(clock.instant().minusSeconds(1));
        assertThat(inboxes.list("", "ada\0desk", 10))
                .extracting(InboxInfo::user)
                .containsExactly("bob");
        assertThat(inboxes.usersOf("desk")).containsExactly("ada", "bob");
    }

    @Test
    void aMessageTooLargeOrOfNoPriorityIsRefused() {
        assertThatThrownBy(() ->
                        inboxes.send(
                                "ada", "desk", new byte[Inboxes.MAX_DATA + 1], 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> send("a", 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InboxSettings(0, 1, 1, 1, 1, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
