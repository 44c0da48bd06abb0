package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExpiryTest {
    private static final long MINUTE = 60_000;

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

    private static Expiry ttl(long millis, int spared) {
        return new Expiry(millis, 0, spared, 0);
    }

    private static Expiry behind(long events, int spared) {
        return new Expiry(0, events, spared, 0);
    }

    private Follower follow(SubscriptionRequest request, Expiry expiry) {
        return new Follower(at.hub, request, expiry);
    }

    private Follower follow(Expiry expiry) {
        return follow(SubscriptionRequest.to(Fixture.CHANNEL).from(Fixture.after(0)), expiry);
    }

    private static List<String> gaps(Follower follower) {
        return follower.client.gaps.stream().map(gap -> gap[0] + "-" + gap[1]).toList();
    }

    @Test
    void whatIsFurtherBehindThanAllowedIsOneGap() {
        at.numbers(1, 50);
        Follower follower = follow(behind(10, Expiry.NONE_SPARED)).until(50);
        assertThat(gaps(follower)).containsExactly("1-40");
        assertThat(follower.client.offsets).hasSize(10).startsWith(41L);
        assertThat(follower.frames().getFirst()).contains("\"reason\":\"expired\"");
    }

    @Test
    void whatIsOlderThanAllowedIsOneGapAndIsNotEvenRead() {
        at.numbers(1, 1_000);
        at.now.addAndGet(2 * MINUTE);
        long before = at.hub.statistics().pagesRead();
        Follower follower = follow(ttl(MINUTE, Expiry.NONE_SPARED)).until(1_000);
        assertThat(gaps(follower)).containsExactly("1-1000");
        assertThat(follower.client.offsets).isEmpty();
        assertThat(at.hub.statistics().pagesRead()).isEqualTo(before);
    }

    @Test
    void eventsGetTooOldWhileASubscriptionIsSlow() {
        Follower follower = follow(ttl(MINUTE, Expiry.NONE_SPARED));
        at.numbers(1, 5);
        follower.until(5);
        at.numbers(6, 9);
        follower.woken();
        at.now.addAndGet(2 * MINUTE);
        follower.until(9);
        assertThat(follower.client.offsets).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(gaps(follower)).containsExactly("6-9");
    }

    @Test
    void whatIsImportantEnoughIsSpared() {
        at.publish(
                Fixture.entry("{\"n\":1}", 1, 0),
                Fixture.entry("{\"n\":2}", 3, 0),
                Fixture.entry("{\"n\":3}", 0, 0),
                Fixture.entry("{\"n\":4}", 1, 0),
                Fixture.entry("{\"n\":5}", 2, 0),
                Fixture.entry("{\"n\":6}", 2, 0),
                Fixture.entry("{\"n\":7}", 1, 0));
        at.now.addAndGet(2 * MINUTE);
        Follower old = follow(ttl(MINUTE, 2)).until(7);
        assertThat(old.client.offsets).containsExactly(2L, 5L, 6L);
        assertThat(gaps(old)).containsExactly("1-1", "3-4", "7-7");
        Follower behind = follow(behind(2, 2)).until(7);
        assertThat(behind.client.offsets).containsExactly(2L, 5L, 6L, 7L);
    }

    @Test
    void bytesSharedWithOthersAreCutTheSameWay() {
        SubscriptionRequest request =
                SubscriptionRequest.to(Fixture.CHANNEL).from(Fixture.after(0));
        Follower all = at.follow(request);
        Follower some = follow(request, ttl(MINUTE, 2));
        at.publish(
                Fixture.entry("{\"n\":1}", 2, 0),
                Fixture.entry("{\"n\":2}", 1, 0),
                Fixture.entry("{\"n\":3}", 2, 0));
        assertThat(all.until(3).client.offsets).hasSize(3);
        at.now.addAndGet(2 * MINUTE);
        assertThat(some.until(3).client.offsets).containsExactly(1L, 3L);
        assertThat(gaps(some)).containsExactly("2-2");
    }

    @Test
    void whatTheFilterExcludesIsNotDeclaredOneByOne() {
        at.numbers(1, 6);
        at.now.addAndGet(2 * MINUTE);
        Follower follower =
                follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .from(Fixture.after(0))
                                .filtered(Fixture.filter("n in (2, 5)")),
                        ttl(MINUTE, 3));
        assertThat(gaps(follower.until(6))).containsExactly("2-5");
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Expiry(-1, 0, 4, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Expiry(0, 0, 5, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Expiry.NEVER.active()).isFalse();
    }
}
