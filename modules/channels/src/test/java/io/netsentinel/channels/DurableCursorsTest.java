package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.queuing.StoredCursor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableCursorsTest {
    private static final DurableRequest DESK =
            new DurableRequest("ada", "desk", Fixture.CHANNEL, "");

    @TempDir Path directory;
    private Fixture at;
    private DurableCursors cursors;
    private final List<DurableHold.End> ended = new ArrayList<>();

    @BeforeEach
    void open() {
        at = new Fixture(directory);
        cursors = openCursors(10, 20);
    }

    private DurableCursors openCursors(int perUser, int most) {
        return DurableCursors.open(
                at.log.store(), perUser, most, () -> Instant.ofEpochMilli(at.now.get()));
    }

    @AfterEach
    void close() {
        at.close();
    }

    private void restart() {
        close();
        open();
    }

    private DurableHold hold(DurableRequest request) {
        return (DurableHold) cursors.hold(request, new Object(), ended::add);
    }

    /// A durable subscription as a connection opens it.
    private Follower follow(DurableHold hold, SubscriptionRequest request) {
        Where where =
                Optional.ofNullable(hold.resumed().get(Fixture.CHANNEL))
                        .<Where>map(p -> new Where.After(p.offset(), Optional.of(p.epoch())))
                        .orElse(new Where.Tail());
        Follower follower = new Follower(at.hub, request.from(where));
        hold.follow(follower.subscription);
        if (hold.fresh()) {
            hold.store();
        }
        return follower;
    }

    private Follower follow(DurableHold hold) {
        return follow(hold, SubscriptionRequest.to(Fixture.CHANNEL));
    }

    private static DurableHold.Acknowledged acknowledge(DurableHold hold, long offset) {
        return hold.acknowledge(Optional.of(Fixture.CHANNEL), Optional.empty(), offset);
    }

    private static long offset(Map<String, StoredCursor.Place> places) {
        return Optional.ofNullable(places.get(Fixture.CHANNEL)).orElseThrow().offset();
    }

    private long kept() {
        return offset(cursors.list("", "", 10).getFirst().cursor().places());
    }

    @Test
    void aPlaceIsWhereItsLastAcknowledgementWas() {
        DurableHold hold = hold(DESK);
        Follower follower = follow(hold);
        at.numbers(1, 5);
        follower.until(5);
        assertThat(kept()).isZero();
        assertThat(acknowledge(hold, 3)).isEqualTo(DurableHold.Acknowledged.TAKEN);
        assertThat(acknowledge(hold, 2)).isEqualTo(DurableHold.Acknowledged.TAKEN);
        assertThat(kept()).isEqualTo(3);
        hold.release();
        assertThat(offset(hold(DESK).resumed())).isEqualTo(3);
    }

    @Test
    void whatWasNotSentCannotBeAcknowledged() {
        DurableHold hold = hold(DESK);
        Follower follower = follow(hold);
        at.numbers(1, 5);
        assertThat(acknowledge(hold, 1)).isEqualTo(DurableHold.Acknowledged.NOT_SENT);
        follower.until(5);
        assertThat(acknowledge(hold, 6)).isEqualTo(DurableHold.Acknowledged.NOT_SENT);
        assertThat(hold.acknowledge(Optional.of("other"), Optional.empty(), 1))
                .isEqualTo(DurableHold.Acknowledged.NO_SUCH_CHANNEL);
        assertThat(hold.acknowledge(Optional.empty(), Optional.of("x"), 1))
                .isEqualTo(DurableHold.Acknowledged.OTHER_EPOCH);
        String epoch = follower.subscription.start().epoch();
        assertThat(hold.acknowledge(Optional.empty(), Optional.of(epoch), 5))
                .isEqualTo(DurableHold.Acknowledged.TAKEN);
        assertThat(kept()).isEqualTo(5);
    }

    @Test
    void aLossIsToldAgainUntilItIsAcknowledged() {
        DurableHold hold = hold(DESK);
        follow(hold);
        at.numbers(1, 5);
        DurableHold next = hold(DESK);
        Follower lost =
                new Follower(
                        at.hub,
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .from(new Where.After(2, Optional.of("an-epoch-nobody-knows"))));
        next.follow(lost.subscription);
        assertThat(lost.subscription.start().recovery()).isEqualTo(Start.Recovery.EPOCH);
        StoredCursor.Place before = next.resumed().get(Fixture.CHANNEL);
        lost.until(5);
        assertThat(cursors.list("", "", 10).getFirst().cursor().places())
                .containsEntry(Fixture.CHANNEL, before);
        assertThat(acknowledge(next, lost.subscription.start().offset()))
                .isEqualTo(DurableHold.Acknowledged.TAKEN);
        acknowledge(next, 4);
        assertThat(kept()).isEqualTo(4);
    }

    @Test
    void aRareFilterMovesOnWithWhatItExcludes() {
        DurableRequest rare = new DurableRequest("ada", "rare", Fixture.CHANNEL, "n = 3");
        DurableHold hold = hold(rare);
        Follower follower =
                follow(
                        hold,
                        SubscriptionRequest.to(Fixture.CHANNEL).filtered(Fixture.filter("n = 3")));
        at.numbers(1, 2);
        follower.until(2);
        assertThat(kept()).as("nothing was sent").isEqualTo(2);
        at.numbers(3, 9);
        follower.until(9);
        assertThat(kept()).as("3 is not acknowledged").isEqualTo(2);
        acknowledge(hold, 3);
        assertThat(kept()).as("all that was sent is acknowledged").isEqualTo(9);
    }

    @Test
    void theStoredPlaceSurvivesARestart() {
        DurableHold hold = hold(DESK);
        Follower follower = follow(hold);
        at.numbers(1, 5);
        follower.until(5);
        acknowledge(hold, 4);
        cursors.save().join();
        restart();
        DurableHold again = hold(DESK);
        assertThat(again.fresh()).isFalse();
        Follower resumed = follow(again);
        assertThat(resumed.subscription.start().recovery()).isEqualTo(Start.Recovery.RECOVERED);
        assertThat(resumed.until(5).client.offsets).containsExactly(5L);
    }

    @Test
    void aNewPlaceIsStoredBeforeAnybodyCountsOnIt() {
        at.numbers(1, 5);
        follow(hold(DESK));
        restart();
        assertThat(kept()).isEqualTo(5);
    }

    @Test
    void onlyWhatChangedIsWritten() {
        DurableHold hold = hold(DESK);
        Follower follower = follow(hold);
        cursors.save().join();
        long before = cursors.statistics().stored();
        cursors.save().join();
        assertThat(cursors.statistics().stored()).isEqualTo(before);
        at.numbers(1, 1);
        follower.until(1);
        acknowledge(hold, 1);
        cursors.save().join();
        assertThat(cursors.statistics().stored()).isEqualTo(before + 1);
    }

    @Test
    void theNewerHolderTakesOverAndTheOlderMovesNothingAnyMore() {
        DurableHold old = hold(DESK);
        Follower follower = follow(old);
        at.numbers(1, 5);
        follower.until(5);
        acknowledge(old, 2);
        DurableHold fresh = hold(DESK);
        assertThat(ended).containsExactly(DurableHold.End.TAKEN_OVER);
        assertThat(offset(fresh.resumed())).isEqualTo(2);
        follow(fresh);
        acknowledge(old, 5);
        old.release();
        old.forget();
        assertThat(kept()).isEqualTo(2);
        assertThat(cursors.statistics().takeovers()).isEqualTo(1);
    }

    @Test
    void aNameIsKeptForOneChannelAndOneFilter() {
        follow(hold(DESK)).close();
        Object owner = new Object();
        assertThat(cursors.hold(new DurableRequest("ada", "desk", "other", ""), owner, ended::add))
                .isEqualTo(DurableCursors.Refused.OTHER_CHANNELS);
        assertThat(
                        cursors.hold(
                                new DurableRequest("ada", "desk", Fixture.CHANNEL, "n = 1"),
                                owner,
                                ended::add))
                .isEqualTo(DurableCursors.Refused.OTHER_FILTER);
        assertThat(cursors.hold(DESK, owner, ended::add)).isInstanceOf(DurableHold.class);
        assertThat(cursors.hold(DESK, owner, ended::add))
                .isEqualTo(DurableCursors.Refused.HELD_ALREADY);
        assertThat(hold(new DurableRequest("bob", "desk", "other", "")).fresh()).isTrue();
    }

    @Test
    void placesAreBounded() {
        cursors = openCursors(2, 3);
        hold(new DurableRequest("ada", "a", "x", ""));
        hold(new DurableRequest("ada", "b", "x", ""));
        assertThat(cursors.hold(new DurableRequest("ada", "c", "x", ""), this, ended::add))
                .isEqualTo(DurableCursors.Refused.USER_LIMIT);
        hold(new DurableRequest("bob", "a", "x", ""));
        assertThat(cursors.hold(new DurableRequest("eve", "a", "x", ""), this, ended::add))
                .isEqualTo(DurableCursors.Refused.LIMIT);
    }

    @Test
    void aPlaceThatWasNeverStoredLeavesNothing() {
        hold(DESK).release();
        assertThat(cursors.list("", "", 10)).isEmpty();
    }

    @Test
    void aRemovedPlaceIsGoneAndItsHolderIsTold() {
        DurableHold hold = hold(DESK);
        follow(hold);
        assertThat(cursors.purge("ada", "desk")).isTrue();
        assertThat(cursors.purge("ada", "desk")).isFalse();
        assertThat(ended).containsExactly(DurableHold.End.PURGED);
        hold.release();
        cursors.save().join();
        restart();
        assertThat(cursors.list("", "", 10)).isEmpty();
        DurableHold own = hold(DESK);
        follow(own);
        own.forget();
        assertThat(cursors.list("", "", 10)).isEmpty();
    }

    @Test
    void aPlaceNobodyComesBackToIsForgottenAndOneThatIsHeldIsNot() {
        follow(hold(DESK));
        DurableHold away = hold(new DurableRequest("ada", "away", Fixture.CHANNEL, ""));
        follow(away);
        away.release();
        at.now.addAndGet(Duration.ofDays(31).toMillis());
        assertThat(cursors.forget(Duration.ofDays(30))).isEqualTo(1);
        assertThat(cursors.list("", "", 10))
                .extracting(info -> info.cursor().name())
                .containsExactly("desk");
        cursors.save().join();
        restart();
        assertThat(cursors.forget(Duration.ofDays(30))).as("it was held a moment ago").isZero();
    }

    @Test
    void aListGoesOnAfterAName() {
        for (String name : List.of("a", "b", "c")) {
            follow(hold(new DurableRequest("ada", name, Fixture.CHANNEL, "")));
        }
        follow(hold(new DurableRequest("bob", "a", Fixture.CHANNEL, "")));
        assertThat(cursors.list("", "ada\0b", 10))
                .extracting(info -> info.cursor().user() + "/" + info.cursor().name())
                .containsExactly("ada/c", "bob/a");
        assertThat(cursors.list("ada", "", 2)).hasSize(2).allMatch(DurableInfo::held);
        assertThat(cursors.statistics().held()).isEqualTo(4);
        assertThat(cursors.list("bob", "", 2).getFirst().cursor().places())
                .isEqualTo(
                        Map.of(
                                Fixture.CHANNEL,
                                new StoredCursor.Place(
                                        at.log.state(Fixture.CHANNEL).orElseThrow().epoch(), 0)));
    }
}
