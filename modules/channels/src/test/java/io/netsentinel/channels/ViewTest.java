package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.queuing.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ViewTest {
    @TempDir Path directory;
    private final Counting codec = new Counting();
    private Fixture at;

    /// Makes `html:count` and counts how often it is asked.
    private static final class Counting implements Codec {
        private final AtomicInteger encoded = new AtomicInteger();

        @Override
        public String member() {
            return "html";
        }

        @Override
        public boolean supports(String format) {
            return format.startsWith("html:");
        }

        @Override
        public byte[] encode(RecordView record, String format) {
            encoded.incrementAndGet();
            if (format.equals("html:broken")) {
                throw new IllegalStateException("broken on purpose");
            }
            return ("\"<tr>" + record.event().number("n", -1) + "</tr>\"")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void open() {
        at = new Fixture(directory, HubSettings.defaults(), LogSettings.defaults(), List.of(codec));
    }

    @AfterEach
    void close() {
        at.close();
    }

    private static SubscriptionRequest rows() {
        return SubscriptionRequest.to(Fixture.CHANNEL).as("html:count");
    }

    @Test
    void subscriptionsThatSeeTheSameShareTheSameArrayOfBytes() {
        Follower one = at.follow(rows());
        Follower two = at.follow(rows());
        at.numbers(1, 30);
        one.until(30);
        two.until(30);
        assertThat(codec.encoded).hasValue(30);
        assertThat(two.steps).hasSameSizeAs(one.steps).isNotEmpty();
        for (int i = 0; i < one.steps.size(); i++) {
            assertThat(((Step.Events) two.steps.get(i)).bytes())
                    .isSameAs(((Step.Events) one.steps.get(i)).bytes());
        }
        assertThat(one.frames().getFirst()).contains("\"html\":\"<tr>1</tr>\"}");
    }

    @Test
    void namesFiltersRowsAndFormatsMakeDifferentViews() {
        at.follow(rows());
        at.follow(rows());
        at.follow(rows().named("other"));
        at.follow(rows().filtered(Fixture.filter("n > 1")));
        at.follow(rows().restricted(Fixture.filter("n > 1")));
        at.follow(SubscriptionRequest.to(Fixture.CHANNEL));
        assertThat(at.hub.statistics().views()).isEqualTo(5);
        assertThat(at.hub.statistics().subscriptions()).isEqualTo(6);
    }

    @Test
    void aViewOfOneSubscriptionKeepsNoEncodedEvents() {
        Follower one = at.follow(rows());
        at.numbers(1, 30);
        long raw = at.hub.statistics().hotBytes();
        one.until(30);
        assertThat(at.hub.statistics().hotBytes()).isEqualTo(raw);
        Follower two = at.follow(rows());
        at.numbers(31, 60);
        long rawTwo = at.hub.statistics().hotBytes();
        one.until(60);
        assertThat(at.hub.statistics().hotBytes()).isGreaterThan(rawTwo);
        two.close();
        assertThat(at.hub.statistics().hotBytes()).isEqualTo(rawTwo);
    }

    @Test
    void anEventACodecCannotEncodeIsDeliveredAsNull() {
        Follower one = at.follow(SubscriptionRequest.to(Fixture.CHANNEL).as("html:broken"));
        at.numbers(1, 2);
        assertThat(one.until(2).client.offsets).containsExactly(1L, 2L);
        assertThat(one.frames().getFirst()).contains("\"html\":null}");
    }

    @Test
    void prevIsTheMatchingEventBefore() {
        SubscriptionRequest even =
                SubscriptionRequest.to(Fixture.CHANNEL)
                        .filtered(Fixture.filter("n in (2, 4, 6, 20)"));
        Follower one = at.follow(even);
        Follower two = at.follow(even);
        at.numbers(1, 10);
        one.until(10);
        at.numbers(11, 30);
        one.until(30);
        two.until(30);
        assertThat(one.client.offsets).containsExactly(2L, 4L, 6L, 20L);
        assertThat(String.join(",", one.frames()))
                .contains("\"offset\":2,\"prev\":0,")
                .contains("\"offset\":4,\"prev\":2,")
                .contains("\"offset\":6,\"prev\":4,")
                .contains("\"offset\":20,\"prev\":6,");
        assertThat(two.client.offsets).isEqualTo(one.client.offsets);
    }

    @Test
    void aClientThatStartedLaterGetsAPrevThatLiesBelowWhatItHas() {
        SubscriptionRequest few =
                SubscriptionRequest.to(Fixture.CHANNEL).filtered(Fixture.filter("n in (1, 9)"));
        Follower one = at.follow(few);
        Follower two = at.follow(few);
        at.numbers(1, 5);
        one.until(5);
        two.until(5);
        Follower late = at.follow(few);
        at.numbers(6, 9);
        assertThat(late.until(9).frames()).singleElement().asString().contains("\"prev\":1,");
        assertThat(late.client.offsets).containsExactly(9L);
    }

    @Test
    void aSharedFilterWakesNobodyForEventsItDoesNotLetThrough() {
        SubscriptionRequest few =
                SubscriptionRequest.to(Fixture.CHANNEL).filtered(Fixture.filter("n = 50"));
        Follower one = at.follow(few);
        Follower two = at.follow(few);
        Follower all = at.follow(SubscriptionRequest.to(Fixture.CHANNEL));
        at.numbers(1, 20);
        all.until(20);
        at.numbers(21, 49);
        all.until(49);
        at.numbers(50, 50);
        two.woken();
        assertThat(one.until(50).client.offsets).containsExactly(50L);
        assertThat(two.until(50).wakes.availablePermits()).isZero();
    }

    @Test
    void aFilterThatLetsNothingThroughStillMovesTheCursor() {
        SubscriptionRequest none =
                SubscriptionRequest.to(Fixture.CHANNEL).filtered(Fixture.filter("n = -1"));
        Follower one = at.follow(none);
        Follower two = at.follow(none);
        at.follow(SubscriptionRequest.to(Fixture.CHANNEL)).until(0);
        at.numbers(1, 100);
        Follower all = at.follow(Fixture.after(0)).until(100);
        assertThat(all.client.offsets).hasSize(100);
        assertThat(one.subscription.seen()).isEqualTo(100);
        assertThat(one.subscription.sent()).isZero();
        assertThat(two.subscription.seen()).isEqualTo(100);
    }
}
