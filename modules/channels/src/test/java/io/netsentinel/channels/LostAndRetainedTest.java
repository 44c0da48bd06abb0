package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.queuing.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log cannot give back any more is declared, with its reason.
final class LostAndRetainedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir Path directory;
    private Fixture at;

    @AfterEach
    void close() {
        at.close();
    }

    @BeforeEach
    void openForLong() {
        open(YEAR);
    }

    private void open(Duration age) {
        LogSettings log =
                LogSettings.defaults()
                        .withDisk(10L << 30, 0)
                        .withSegments(100, 64 << 20, Duration.ofDays(1))
                        .withMaxAge(age, Map.of());
        at = new Fixture(directory, HubSettings.defaults().withHotBytes(64 << 10), log, List.of());
    }

    private void fill(int from, int to) {
        for (int i = from; i <= to; i += 50) {
            at.numbers(i, Math.min(to, i + 49));
        }
    }

    private long first() {
        return at.log.state(Fixture.CHANNEL).orElseThrow().first();
    }

    private String epoch() {
        return at.log.state(Fixture.CHANNEL).orElseThrow().epoch();
    }

    private Path newestSegment() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.sorted().reduce((_, last) -> last).orElseThrow();
        }
    }

    /// The log looks every ten seconds for what is too old.
    @Test
    void whatRetentionTakesFromUnderACursorIsAGap() {
        at.close();
        open(SECOND);
        fill(1, 300);
        Follower behind = at.follow(Fixture.after(5));
        while (first() <= 6) {
            Thread.onSpinWait();
        }
        assertThat(first()).isEqualTo(301);
        at.numbers(301, 302);
        behind.until(302);
        // what is still in memory is delivered all the same
        assertThat(behind.client.gaps).hasSizeLessThanOrEqualTo(1);
        assertThat(behind.client.offsets).endsWith(301L, 302L);
        Follower old = at.follow(new Where.After(5, Optional.of(epoch())));
        assertThat(old.subscription.start().recovery()).isEqualTo(Start.Recovery.RETENTION);
        assertThat(old.until(302).client.offsets).containsExactly(301L, 302L);
        HistoryPage page = at.hub.history(HistoryRequest.of(Fixture.CHANNEL).from(5)).join();
        assertThat(page.gaps()).containsExactly(new Gap(6, 300, Gap.Reason.RETENTION));
        assertThat(at.hub.history(HistoryRequest.of(Fixture.CHANNEL)).join().gaps()).isEmpty();
    }

    /// Destroys the newest file (until one was hit that holds events) and publishes three events
    /// into the epoch that begins then.
    ///
    /// @return the last offset of the old epoch
    private long lose() throws IOException {
        String before = epoch();
        int next = 1;
        while (epoch().equals(before)) {
            int enough = at.log.statistics().segments() + 2;
            while (at.log.statistics().segments() < enough) {
                at.numbers(next, next + 9);
                next += 10;
            }
            at.close();
            Path newest = newestSegment();
            Files.write(newest, new byte[(int) Files.size(newest)]);
            open(YEAR);
        }
        long lost = at.log.state(Fixture.CHANNEL).orElseThrow().tail();
        fill((int) lost + 1, (int) lost + 3);
        return lost;
    }

    @Test
    void whatTheLogHasLostIsAGapAndTheNextEventNamesItsEnd() throws IOException {
        String before = epoch();
        long lost = lose();
        Follower all = at.follow(Fixture.after(0)).until(lost + 3);
        assertThat(all.client.gaps).hasSize(1);
        long[] gap = all.client.gaps.getFirst();
        assertThat(gap[1]).isEqualTo(lost);
        assertThat(all.client.offsets).hasSize((int) (gap[0] - 1) + 3);
        assertThat(String.join("", all.frames()))
                .contains("\"reason\":\"lost\"")
                .contains("\"offset\":" + (lost + 1) + ",\"prev\":" + lost + ",");

        Follower resumed = at.follow(new Where.After(10, Optional.of(before)));
        assertThat(resumed.subscription.start().recovery()).isEqualTo(Start.Recovery.RECOVERED);
        assertThat(resumed.until(lost + 3).client.gaps).hasSize(1);
    }

    @Test
    void aSharedViewDeclaresTheSameGapToEverybody() throws IOException {
        long tail = lose() + 3;
        SubscriptionRequest request =
                SubscriptionRequest.to(Fixture.CHANNEL)
                        .from(Fixture.after(0))
                        .filtered(Fixture.filter("n in (1, 2, " + tail + ")"));
        Follower one = at.follow(request);
        Follower two = at.follow(request);
        assertThat(one.until(tail).client.offsets).containsExactly(1L, 2L, tail);
        assertThat(two.until(tail).client.offsets).containsExactly(1L, 2L, tail);
        assertThat(one.client.gaps).hasSize(1);
        assertThat(two.client.gaps).hasSize(1);
    }
}
