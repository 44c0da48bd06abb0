package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GapTest {
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

    private void publishSomeThatExpire() {
        at.publish(
                Fixture.entry("{\"n\":1}", 1, 0),
                Fixture.entry("{\"n\":2}", 1, MINUTE),
                Fixture.entry("{\"n\":3}", 1, MINUTE),
                Fixture.entry("{\"n\":4}", 1, 0),
                Fixture.entry("{\"n\":5}", 1, 10 * MINUTE),
                Fixture.entry("{\"n\":6}", 1, MINUTE));
    }

    @Test
    void eventsWhoseTimeIsOverAreAGap() {
        publishSomeThatExpire();
        at.now.addAndGet(2 * MINUTE);
        Follower follower = at.follow(Fixture.after(0)).until(6);
        assertThat(follower.client.offsets).containsExactly(1L, 4L, 5L);
        assertThat(follower.frames())
                .contains("{\"type\":\"gap\",\"from\":2,\"to\":3,\"reason\":\"expired\"}")
                .contains("{\"type\":\"gap\",\"from\":6,\"to\":6,\"reason\":\"expired\"}");
    }

    @Test
    void theEventAfterAGapNamesItsEndSoThatASwallowedGapShows() {
        publishSomeThatExpire();
        at.now.addAndGet(2 * MINUTE);
        Follower follower = at.follow(Fixture.after(0)).until(6);
        assertThat(String.join("", follower.frames())).contains("\"offset\":4,\"prev\":3,");
    }

    @Test
    void sharedBytesExpireForWhoeverComesLate() {
        Follower quick = at.follow(Fixture.after(0));
        Follower slow = at.follow(Fixture.after(0));
        publishSomeThatExpire();
        assertThat(quick.until(6).client.offsets).hasSize(6);
        at.now.addAndGet(2 * MINUTE);
        assertThat(slow.until(6).client.offsets).containsExactly(1L, 4L, 5L);
        assertThat(slow.client.gaps).hasSize(2);
        assertThat(at.hub.statistics().gone())
                .containsEntry(Gap.Reason.EXPIRED, 3L)
                .containsEntry(Gap.Reason.LOST, 0L);
    }

    @Test
    void anExpiredEventTheFilterExcludesNeedsNoGap() {
        publishSomeThatExpire();
        at.now.addAndGet(2 * MINUTE);
        Follower follower =
                at.follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .from(Fixture.after(0))
                                .filtered(Fixture.filter("n in (1, 4)")));
        assertThat(follower.until(6).client.gaps).isEmpty();
        assertThat(follower.client.offsets).containsExactly(1L, 4L);
    }

    @Test
    void historyListsWhatHasExpired() {
        publishSomeThatExpire();
        at.now.addAndGet(2 * MINUTE);
        HistoryPage page = at.hub.history(HistoryRequest.of(Fixture.CHANNEL)).join();
        assertThat(page.events()).extracting(e -> e.offset()).containsExactly(1L, 4L, 5L);
        assertThat(page.gaps())
                .containsExactly(
                        new Gap(2, 2, Gap.Reason.EXPIRED),
                        new Gap(3, 3, Gap.Reason.EXPIRED),
                        new Gap(6, 6, Gap.Reason.EXPIRED));
    }
}
