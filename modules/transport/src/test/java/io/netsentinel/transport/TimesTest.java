package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TimesTest {
    private final Times times = Times.ofEvents(true);

    private long upTo(double seconds) {
        double[] bounds = times.bounds();
        long[] counts = times.counts();
        long sum = 0;
        for (int i = 0; i < bounds.length && bounds[i] <= seconds; i++) {
            sum += counts[i];
        }
        return sum;
    }

    @Test
    void aTimeIsCountedBelowTheFirstBoundThatIsNotSmaller() {
        times.add(2);
        times.add(3);
        times.add(5);
        times.add(6);

        assertThat(upTo(0.002)).isEqualTo(1);
        assertThat(upTo(0.005)).isEqualTo(3);
        assertThat(upTo(0.01)).isEqualTo(4);
        assertThat(times.sum()).isEqualTo(0.016);
    }

    @Test
    void whatIsAboveAllBoundsIsCountedAsWellAndATimeBackwardsIsNone() {
        times.add(Long.MAX_VALUE / 2);
        times.add(-5);

        assertThat(Arrays.stream(times.counts()).sum()).isEqualTo(2);
        assertThat(upTo(60)).isEqualTo(1);
        assertThat(upTo(0.001)).isEqualTo(1);
    }
}
