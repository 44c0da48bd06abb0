package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches are as large as the load makes them, within the time a channel's policy allows.
final class FanOutTest {
    private static final int SUBSCRIBERS = 10_000;
    private static final int EVENTS = 100;

    /// What 10,000 subscribers are told in at most, 10 microseconds for each.
    private static final long PAUSE_MILLIS = 100;

    @TempDir Path directory;

    private static Fixture fixture(Path directory, Duration latency) {
        Fixture at =
                new Fixture(
                        directory,
                        HubSettings.defaults()
                                .withPolicy(
                                        Fixture.CHANNEL,
                                        ChannelPolicy.defaults().withLatency(latency)));
        for (int i = 1; i < SUBSCRIBERS; i++) {
            at.hub.subscribe(SubscriptionRequest.to(Fixture.CHANNEL), () -> {});
        }
        return at;
    }

    @Test
    void aBusyChannelWithManySubscribersTellsThemOfManyEventsAtOnce() {
        try (Fixture at = fixture(directory, Duration.ofSeconds(1))) {
            AtomicInteger wakes = new AtomicInteger();
            long start = System.nanoTime();
            try (Subscription _ =
                            at.hub.subscribe(
                                    SubscriptionRequest.to(Fixture.CHANNEL),
                                    wakes::incrementAndGet);
                    Follower one = at.follow(new Where.Tail())) {
                for (int i = 1; i <= EVENTS; i++) {
                    at.publish("{\"n\":" + i + "}");
                }
                one.until(EVENTS);
                int counted = wakes.get();
                long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
                assertThat(counted).isLessThanOrEqualTo((int) (millis / PAUSE_MILLIS) + 2);
            }
        }
    }

    @Test
    void everyEventIsToldOfHoweverShortOrLongTheBudget() {
        for (Duration latency : new Duration[] {Duration.ZERO, Duration.ofMillis(300)}) {
            try (Fixture at = fixture(directory.resolve(latency.toString()), latency);
                    Follower one = at.follow(new Where.Tail())) {
                for (int i = 1; i <= 3; i++) {
                    at.publish("{}");
                    one.until(i);
                }
                assertThat(one.client.offsets).containsExactly(1L, 2L, 3L);
            }
        }
    }

    @Test
    void thePauseGrowsWithTheSubscribersUpToTheBudget() {
        Duration budget = Duration.ofMillis(7);
        assertThat(FanOut.pause(budget, 0)).isZero();
        assertThat(FanOut.pause(budget, 1)).isEqualTo(10_000);
        assertThat(FanOut.pause(budget, 100)).isEqualTo(1_000_000);
        assertThat(FanOut.pause(budget, 100_000)).isEqualTo(budget.toNanos());
        assertThat(FanOut.pause(Duration.ZERO, 100_000)).isZero();
    }
}
