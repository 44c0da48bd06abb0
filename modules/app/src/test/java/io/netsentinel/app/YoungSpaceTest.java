package io.netsentinel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class YoungSpaceTest {
    private final AtomicLong collections = new AtomicLong(7);
    private final AtomicInteger grown = new AtomicInteger();
    private final YoungSpace space = new YoungSpace(collections::get, grown::incrementAndGet);

    private boolean second(int count) {
        collections.addAndGet(count);
        return space.second();
    }

    @Test
    void itGrowsOnceThereHasBeenWorkForSomeSeconds() {
        for (int i = 1; i < YoungSpace.LASTING; i++) {
            assertThat(second(YoungSpace.MANY)).isFalse();
        }
        assertThat(grown).hasValue(0);
        assertThat(second(YoungSpace.MANY)).isTrue();
        assertThat(grown).hasValue(1);
    }

    @Test
    void aBurstThatEndsDoesNotCount() {
        for (int burst = 0; burst < 3; burst++) {
            for (int i = 1; i < YoungSpace.LASTING; i++) {
                assertThat(second(10 * YoungSpace.MANY)).isFalse();
            }
            assertThat(second(YoungSpace.MANY - 1)).isFalse();
        }
        assertThat(grown).hasValue(0);
    }
}
