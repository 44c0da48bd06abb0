package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Filter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// At most so many events a second: the newest, and gaps for the others.
final class RateTest {
    @TempDir Path directory;
    private Fixture at;

    @BeforeEach
    void open() {
        at = new Fixture(directory);
    }

    @AfterEach
    void close() {
        at.close();
    }

    private Follower follow(double rate) {
        return at.follow(request(rate));
    }

    private static SubscriptionRequest request(double rate) {
        return SubscriptionRequest.to(Fixture.CHANNEL)
                .from(Fixture.after(0))
                .shaped(Shape.plain().atMost(rate));
    }

    /// Waits until the hub knows of an event.
    private void known(long offset) {
        try (Follower other = at.follow(Fixture.after(offset - 1))) {
            other.until(offset);
        }
    }

    private static List<String> gaps(Follower follower) {
        List<String> gaps = new ArrayList<>();
        for (Step step : follower.steps) {
            if (step instanceof Gap gap) {
                gaps.add(gap.from() + "-" + gap.to() + " " + gap.reason().text());
            }
        }
        return gaps;
    }

    @Test
    void theFirstEventComesAtOnceThenTheNewestAndAGapForTheOthers() {
        Follower follower = follow(5);
        at.publish("{\"n\":1}");
        follower.until(1);
        assertThat(follower.client.offsets).containsExactly(1L);
        at.numbers(2, 10);
        known(10);
        assertThat(follower.drain()).isEqualTo(Step.Pause.IDLE);
        at.now.addAndGet(199);
        assertThat(follower.drain()).isEqualTo(Step.Pause.IDLE);
        assertThat(follower.client.offsets).containsExactly(1L);
        at.now.addAndGet(1);
        follower.drain();
        assertThat(follower.client.offsets).containsExactly(1L, 10L);
        assertThat(gaps(follower)).containsExactly("2-9 sampled");
        assertThat(follower.frames().getLast()).contains("\"prev\":9,");
        assertThat(follower.subscription.sent()).isEqualTo(10);
        assertThat(follower.subscription.seen()).isEqualTo(10);
    }

    @Test
    void theNewestOfAChannelThatGoesQuietIsNotHeldBack() {
        Follower follower = follow(20);
        at.publish("{\"n\":1}");
        follower.until(1);
        at.numbers(2, 4);
        known(4);
        follower.wakes.drainPermits();
        assertThat(follower.drain()).isEqualTo(Step.Pause.IDLE);
        at.now.addAndGet(50);
        while (follower.client.offsets.size() < 2) {
            follower.woken(); // nothing new is published: the wake-up comes by itself
            follower.drain();
        }
        assertThat(follower.client.offsets).containsExactly(1L, 4L);
    }

    @Test
    void nothingIsSeenBeforeItIsSentOrDeclared() {
        Follower follower = follow(1);
        at.numbers(1, 1);
        follower.until(1);
        at.numbers(2, 5);
        known(5);
        follower.drain();
        assertThat(follower.subscription.seen()).isEqualTo(1);
        at.now.addAndGet(1_000);
        Step gap = follower.subscription.next(Integer.MAX_VALUE);
        assertThat(gap).isEqualTo(new Gap(2, 4, Gap.Reason.SAMPLED));
        assertThat(follower.subscription.sent()).isEqualTo(4);
        assertThat(follower.subscription.seen()).isEqualTo(4);
        at.numbers(6, 9);
        known(9);
        Step event = follower.subscription.next(Integer.MAX_VALUE);
        assertThat(Follower.json(event)).contains("\"offset\":5,\"prev\":4,");
        assertThat(follower.subscription.seen()).isEqualTo(5);
    }

    @Test
    void aGapBeginsBehindWhatAPingSaidToBeLookedAt() {
        Filter filter = Filter.parse("n >= 3");
        Follower follower = at.follow(request(1).filtered(Selection.of(filter)));
        at.numbers(5, 5);
        follower.until(1);
        at.numbers(1, 1);
        known(2);
        long seen = follower.subscription.seen();
        assertThat(seen).isEqualTo(2);
        follower.client.pinged(follower.subscription.sent(), seen);
        at.numbers(6, 7);
        known(4);
        at.now.addAndGet(1_000);
        follower.drain();
        assertThat(gaps(follower)).containsExactly("3-3 sampled");
        assertThat(follower.client.offsets).containsExactly(1L, 4L);
    }

    @Test
    void whatExpiredWhileItWaitedIsAGapBehindWhatAPingSaidToBeLookedAt() {
        Filter filter = Filter.parse("n >= 3");
        Follower follower = at.follow(request(1).filtered(Selection.of(filter)));
        at.numbers(5, 5);
        follower.until(1);
        at.numbers(1, 1);
        known(2);
        follower.client.pinged(follower.subscription.sent(), follower.subscription.seen());
        assertThat(follower.client.position).isEqualTo(2);
        at.publish(Fixture.entry("{\"n\":6}", 1, 500));
        known(3);
        at.now.addAndGet(60_000); // the log's own clock may be ahead of this one
        follower.drain();
        assertThat(gaps(follower)).containsExactly("3-3 expired");
        assertThat(follower.client.position).isEqualTo(3);
    }

    @Test
    void alsoThePastIsSampled() {
        at.numbers(1, 1_500);
        known(1_500);
        Follower follower = follow(2);
        follower.until(1_500);
        assertThat(follower.client.offsets).containsExactly(1_500L);
        assertThat(gaps(follower)).containsExactly("1-1499 sampled");
    }

    @Test
    void aHighRateGivesSomeAtOnce() {
        Follower follower = follow(100);
        at.numbers(1, 5);
        follower.until(5);
        assertThat(follower.client.offsets).hasSize(5);
        assertThat(follower.frames()).hasSize(1);
        at.now.addAndGet(1_000);
        at.numbers(6, 50);
        known(50);
        follower.until(50);
        assertThat(follower.client.offsets)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 50L);
        assertThat(gaps(follower)).containsExactly("15-49 sampled");
    }

    @Test
    void onlyWhatTheFilterLetsThroughCounts() {
        Follower follower =
                at.follow(request(1).filtered(Fixture.filter("n = 1 or n = 5 or n = 7")));
        at.numbers(1, 10);
        known(10);
        follower.until(10);
        assertThat(follower.client.offsets).containsExactly(7L);
        assertThat(gaps(follower)).containsExactly("1-6 sampled");
        at.numbers(2, 4);
        known(13);
        follower.until(13);
        assertThat(gaps(follower)).hasSize(1);
    }

    @Test
    void expiredEventsAreNoneOfTheNewest() {
        Follower follower = follow(1);
        at.publish(
                Fixture.entry("{}", 1, 50), Fixture.entry("{}", 1, 0), Fixture.entry("{}", 1, 50));
        known(3);
        at.now.addAndGet(600_000);
        follower.drain();
        at.now.addAndGet(1_000);
        follower.until(3);
        assertThat(follower.client.offsets).containsExactly(2L);
        assertThat(gaps(follower)).containsExactly("1-1 expired", "3-3 expired");
    }

    @Test
    void aHeldEventThatExpiresIsDeclared() {
        Follower follower = follow(1);
        at.publish(Fixture.entry("{}", 1, 0), Fixture.entry("{}", 1, 50));
        known(2);
        assertThat(follower.subscription.next(Integer.MAX_VALUE))
                .isEqualTo(new Gap(1, 1, Gap.Reason.SAMPLED));
        at.now.addAndGet(600_000);
        assertThat(follower.subscription.next(Integer.MAX_VALUE))
                .isEqualTo(new Gap(2, 2, Gap.Reason.EXPIRED));
        at.publish("{}");
        known(3);
        assertThat(Follower.json(follower.subscription.next(Integer.MAX_VALUE)))
                .contains("\"offset\":3,\"prev\":2,");
    }

    @Test
    void anEventThatDoesNotFitWaits() {
        Follower follower = follow(1);
        at.numbers(1, 1);
        known(1);
        follower.room = 20;
        assertThat(follower.drain()).isEqualTo(Step.Pause.FULL);
        follower.room = Integer.MAX_VALUE;
        follower.drain();
        assertThat(follower.client.offsets).containsExactly(1L);
    }

    @Test
    void aClosedSubscriptionIsNotWokenAnyMore() {
        Follower follower = follow(20);
        at.numbers(1, 1);
        follower.until(1);
        at.numbers(2, 3);
        known(3);
        follower.drain();
        follower.close();
        follower.wakes.drainPermits();
        at.now.addAndGet(1_000);
        assertThat(follower.drain()).isEqualTo(Step.Pause.CLOSED);
    }
}
