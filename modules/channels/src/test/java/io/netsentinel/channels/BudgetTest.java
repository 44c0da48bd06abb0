package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BudgetTest {
    private static final long LIMIT = 64 << 10;
    @TempDir Path directory;

    @Test
    void eventsInMemoryNeverPassTheBudgetAndNothingIsLostByIt() {
        try (Fixture at = new Fixture(directory, HubSettings.defaults().withHotBytes(LIMIT))) {
            Follower slow = at.follow(Fixture.after(0));
            Follower shared = at.follow(Fixture.after(0));
            String text = "x".repeat(500);
            for (int i = 1; i <= 1000; i++) {
                at.publish("{\"n\":" + i + ",\"text\":\"" + text + "\"}");
                assertThat(at.hub.statistics().hotBytes()).isLessThanOrEqualTo(LIMIT);
            }
            assertThat(slow.until(1000).client.offsets).hasSize(1000);
            assertThat(at.hub.statistics().hotBytes()).isLessThanOrEqualTo(LIMIT);
            assertThat(at.hub.statistics().pagesRead()).isPositive();
            assertThat(shared.until(1000).client.offsets).hasSize(1000);
            assertThat(at.hub.statistics().hotBytes()).isLessThanOrEqualTo(LIMIT);
        }
    }

    @Test
    void anEventLargerThanTheBudgetIsStillDelivered() {
        try (Fixture at = new Fixture(directory, HubSettings.defaults().withHotBytes(LIMIT))) {
            Follower one = at.follow(Fixture.after(0));
            Follower two = at.follow(Fixture.after(0));
            at.publish("{\"text\":\"" + "x".repeat(200_000) + "\"}");
            at.numbers(2, 3);
            assertThat(one.until(3).client.offsets).containsExactly(1L, 2L, 3L);
            assertThat(two.until(3).client.offsets).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void whatIsReleasedIsNotCounted() {
        Budget budget = new Budget(10_000);
        Ranges<EncodedBatch> ranges = new Ranges<>(budget, EncodedBatch.NONE);
        EncodedBatch batch = EncodedBatch.empty(0, 10, 0);
        ranges.hold(batch, Lane.NEW);
        assertThat(budget.used()).isEqualTo(batch.cost());
        ranges.hold(EncodedBatch.empty(0, 20, 0), Lane.NEW);
        assertThat(budget.used()).isEqualTo(batch.cost());
        assertThat(ranges.covering(15).to()).isEqualTo(20);
        ranges.clear();
        assertThat(budget.used()).isZero();
        assertThat(ranges.covering(15)).isSameAs(EncodedBatch.NONE);
    }

    @Test
    void theOldestRangeGoesFirstWhoseverItIs() {
        long one = EncodedBatch.empty(0, 1, 0).cost();
        Budget budget = new Budget(2 * one);
        Ranges<EncodedBatch> first = new Ranges<>(budget, EncodedBatch.NONE);
        Ranges<EncodedBatch> second = new Ranges<>(budget, EncodedBatch.NONE);
        first.hold(EncodedBatch.empty(0, 1, 0), Lane.NEW);
        second.hold(EncodedBatch.empty(0, 1, 0), Lane.NEW);
        second.hold(EncodedBatch.empty(1, 2, 0), Lane.NEW);
        assertThat(first.covering(0)).isSameAs(EncodedBatch.NONE);
        assertThat(second.covering(0).to()).isEqualTo(1);
        assertThat(budget.used()).isEqualTo(2 * one);
    }

    @Test
    void whatIsReadForSomebodyBehindDoesNotPushOutWhatIsNew() {
        long one = EncodedBatch.empty(0, 1, 0).cost();
        Budget budget = new Budget(4 * one);
        Ranges<EncodedBatch> ranges = new Ranges<>(budget, EncodedBatch.NONE);
        ranges.hold(EncodedBatch.empty(1_000, 1_001, 0), Lane.NEW);
        ranges.hold(EncodedBatch.empty(1_001, 1_002, 0), Lane.NEW);
        for (int at = 0; at < 100; at++) {
            ranges.hold(EncodedBatch.empty(at, at + 1, 0), Lane.READ);
            assertThat(budget.used()).isLessThanOrEqualTo(4 * one);
        }
        assertThat(ranges.covering(1_000).to()).isEqualTo(1_001);
        assertThat(ranges.covering(1_001).to()).isEqualTo(1_002);
        assertThat(ranges.covering(99).to()).isEqualTo(100);
        assertThat(ranges.covering(98).to()).isEqualTo(99);
        assertThat(ranges.covering(97)).isSameAs(EncodedBatch.NONE);
    }

    @Test
    void whatWasReadGivesWayWhenANewEventNeedsAllThereIs() {
        long one = EncodedBatch.empty(0, 1, 0).cost();
        Budget budget = new Budget(one);
        Ranges<EncodedBatch> ranges = new Ranges<>(budget, EncodedBatch.NONE);
        ranges.hold(EncodedBatch.empty(0, 1, 0), Lane.READ);
        assertThat(ranges.covering(0).to()).isEqualTo(1);
        ranges.hold(EncodedBatch.empty(1, 2, 0), Lane.NEW);
        assertThat(ranges.covering(1).to()).isEqualTo(2);
        assertThat(ranges.covering(0)).isSameAs(EncodedBatch.NONE);
        assertThat(budget.used()).isEqualTo(one);
    }
}
