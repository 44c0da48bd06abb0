package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.queuing.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a channel's policy leaves out is left out, and declared.
final class ThinningTest {
    private static final ChannelPolicy USUAL = ChannelPolicy.defaults();

    @TempDir Path directory;
    private Fixture at;

    @BeforeEach
    void open() {
        at = fixture(USUAL);
    }

    private void open(ChannelPolicy policy) {
        at.close();
        at = fixture(policy);
    }

    private Fixture fixture(ChannelPolicy policy) {
        return new Fixture(directory, HubSettings.defaults().withPolicy(Fixture.CHANNEL, policy));
    }

    @AfterEach
    void close() {
        at.close();
    }

    /// Publishes events with the keys in turn.
    private long state(int rounds, String... keys) {
        List<Entry> entries = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (String key : keys) {
                entries.add(
                        Fixture.entry(
                                "{\"host\":{\"name\":\"%s\"},\"n\":%d}".formatted(key, round),
                                1,
                                0));
            }
        }
        return at.publish(entries.toArray(Entry[]::new));
    }

    private Follower live() {
        Follower follower = at.follow(SubscriptionRequest.to(Fixture.CHANNEL));
        follower.drain();
        return follower;
    }

    /// Every offset after the start is either delivered or declared, up to the end.
    private static void assertComplete(Follower follower, long until) {
        long at = follower.subscription.start().offset();
        List<Long> offsets = new ArrayList<>(follower.client.offsets);
        List<long[]> gaps = new ArrayList<>(follower.client.gaps);
        while (at < until) {
            if (!offsets.isEmpty() && offsets.getFirst() == at + 1) {
                at = offsets.removeFirst();
            } else {
                long[] gap = gaps.removeFirst();
                assertThat(gap[0]).isEqualTo(at + 1);
                at = gap[1];
            }
        }
        assertThat(offsets).isEmpty();
        assertThat(gaps).isEmpty();
    }

    @Test
    void aNewSubscriberOfAStateChannelGetsTheLatestOfEachKeyFirstInTheOrderOfOffsets() {
        open(USUAL.withKey("host.name"));
        state(3, "a", "b", "c"); // 1 to 9
        state(2, "b"); // 10, 11
        Follower follower = at.follow(SubscriptionRequest.to(Fixture.CHANNEL)).until(11);
        assertThat(follower.subscription.start().offset()).isEqualTo(6);
        assertThat(follower.client.offsets).containsExactly(7L, 9L, 11L);
        assertComplete(follower, 11);
        assertThat(follower.frames())
                .contains("{\"type\":\"gap\",\"from\":8,\"to\":8,\"reason\":\"sampled\"}");
        state(2, "a"); // 12, 13
        assertThat(follower.until(13).client.offsets).containsExactly(7L, 9L, 11L, 12L, 13L);
    }

    @Test
    void theLastValuesAreKnownAfterARestartAndBesideOthersWhoSeeTheSame() {
        open(USUAL.withKey("host.name"));
        state(400, "a", "b", "c");
        open(USUAL.withKey("host.name"));
        Follower one = at.follow(SubscriptionRequest.to(Fixture.CHANNEL)).until(1_200);
        Follower two = at.follow(SubscriptionRequest.to(Fixture.CHANNEL)).until(1_200);
        assertThat(one.client.offsets).containsExactly(1_198L, 1_199L, 1_200L);
        assertThat(two.client.offsets).containsExactly(1_198L, 1_199L, 1_200L);
    }

    @Test
    void aPositionIsHonouredInAStateChannelToo() {
        open(USUAL.withKey("host.name"));
        state(3, "a", "b");
        Follower follower = at.follow(Fixture.after(2)).until(6);
        assertThat(follower.client.offsets).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void anEmptyStateChannelAndEventsWithoutTheKeyAreNoProblem() {
        open(USUAL.withKey("host.name"));
        Follower early = live();
        at.numbers(1, 3);
        assertThat(early.until(3).client.offsets).containsExactly(1L, 2L, 3L);
        Follower late = at.follow(SubscriptionRequest.to(Fixture.CHANNEL)).until(3);
        assertThat(late.client.offsets).containsExactly(3L);
    }

    @Test
    void whoLagsOnACoalescingChannelGetsTheLatestOfEachKey() {
        open(USUAL.withKey("host.name").withLag(Lag.COALESCE, Duration.ZERO));
        Follower slow = live();
        state(500, "a", "b", "c");
        assertThat(slow.until(1_500).client.offsets).containsExactly(1_498L, 1_499L, 1_500L);
        assertThat(slow.client.gaps).hasSize(1);
        assertComplete(slow, 1_500);
    }

    @Test
    void aFilterSeesTheLatestOfEachKeyAndNoneThatWasReplaced() {
        open(USUAL.withKey("host.name").withLag(Lag.COALESCE, Duration.ZERO));
        Follower slow =
                at.follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .filtered(Fixture.filter("host.name in (\"a\",\"c\")")));
        slow.drain();
        state(10, "a", "b", "c", "d");
        assertThat(slow.until(40).client.offsets).containsExactly(37L, 39L);
        slow.client.pinged(slow.subscription.sent(), slow.subscription.seen());
        assertThat(slow.client.position).isEqualTo(40);
    }

    @Test
    void whoLagsOnASampledChannelGetsAnEvenPartAndAllThatIsImportant() {
        open(USUAL.withLag(Lag.SAMPLE, Duration.ZERO));
        Follower slow = live();
        at.numbers(1, 10_000);
        at.publish(Fixture.entry("{\"important\":true}", 3, 0));
        at.numbers(10_002, 20_000);
        assertThat(slow.until(20_000).client.offsets)
                .hasSizeBetween(500, 4_000)
                .contains(10_001L)
                .contains(20_000L);
        assertComplete(slow, 20_000);
        at.numbers(20_001, 20_010);
        assertThat(slow.until(20_010).client.offsets)
                .containsAll(LongStream.rangeClosed(20_001, 20_010).boxed().toList());
    }

    @Test
    void whoReadsThePastOrIsBehindForAMomentOnlyGetsEverything() {
        open(USUAL.withLag(Lag.SAMPLE, Duration.ofHours(1)));
        Follower quick = live();
        at.numbers(1, 3_000);
        assertThat(quick.until(3_000).client.offsets).hasSize(3_000);
        open(USUAL.withLag(Lag.SAMPLE, Duration.ZERO));
        Follower past = at.follow(Fixture.after(0)).until(3_000);
        assertThat(past.client.offsets).hasSize(3_000);
        assertThat(past.client.gaps).isEmpty();
    }

    @Test
    void nothingThatWasLeftOutIsCalledSeenBeforeItIsDeclared() {
        open(USUAL.withLag(Lag.SAMPLE, Duration.ZERO));
        Follower slow = live();
        at.numbers(1, 5_000);
        slow.woken();
        slow.room = 1; // nothing fits
        assertThat(slow.drain()).isEqualTo(Step.Pause.FULL);
        slow.client.pinged(slow.subscription.sent(), slow.subscription.seen());
        slow.room = Integer.MAX_VALUE;
        slow.until(5_000);
        assertComplete(slow, 5_000);
    }

    @Test
    void coalescingNeedsAKey() {
        assertThatThrownBy(() -> USUAL.withLag(Lag.COALESCE, Duration.ZERO))
                .hasMessageContaining("key");
    }
}
