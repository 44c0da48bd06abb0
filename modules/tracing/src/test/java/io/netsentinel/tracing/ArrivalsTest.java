package io.netsentinel.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Arrivals arrivals = new Arrivals(3, 100);

    private byte[] add(int length, int copies, long now) {
        byte[] payload = new byte[length];
        arrivals.add(
                payload, new Taken("eve", "id", copies, Optional.empty(), 1, 2, 3), "trace", now);
        return payload;
    }

    @Test
    void whatWasCommittedIsHeldNoLonger() {
        byte[] payload = add(40, 2, 0);
        assertThat(arrivals.seen(payload, 0)).isPresent();
        assertThat(arrivals.bytes()).isEqualTo(40);
        assertThat(arrivals.seen(payload, 0)).isPresent();
        assertThat(arrivals.bytes()).isZero();
        assertThat(arrivals.none()).isTrue();
        assertThat(arrivals.seen(payload, 0)).isEmpty();
    }

    @Test
    void theOldestGiveWayToWhatIsLarge() {
        byte[] first = add(60, 1, 0);
        byte[] second = add(40, 1, 0);
        byte[] third = add(10, 1, 0);
        assertThat(arrivals.bytes()).isEqualTo(50);
        byte[] large = add(500, 1, 0);
        assertThat(arrivals.bytes()).isEqualTo(500);
        assertThat(arrivals.seen(first, 0)).isEmpty();
        assertThat(arrivals.seen(second, 0)).isEmpty();
        assertThat(arrivals.seen(third, 0)).isEmpty();
        assertThat(arrivals.seen(large, 0)).isPresent();
    }

    @Test
    void theOldestGiveWayToMany() {
        byte[] first = add(1, 1, 0);
        byte[] second = add(1, 1, 0);
        add(1, 1, 0);
        add(1, 1, 0);
        assertThat(arrivals.seen(first, 0)).isEmpty();
        assertThat(arrivals.seen(second, 0)).isPresent();
    }

    @Test
    void whatIsNeverCommittedIsGivenUpWithTheNextCommitSomeTimeLater() {
        byte[] refused = add(10, 1, 0);
        assertThat(arrivals.seen(new byte[1], 29 * SECOND)).isEmpty();
        assertThat(arrivals.none()).isFalse();
        assertThat(arrivals.seen(new byte[1], 31 * SECOND)).isEmpty();
        assertThat(arrivals.none()).isTrue();
        assertThat(arrivals.bytes()).isZero();
        assertThat(arrivals.seen(refused, 31 * SECOND)).isEmpty();
    }
}
