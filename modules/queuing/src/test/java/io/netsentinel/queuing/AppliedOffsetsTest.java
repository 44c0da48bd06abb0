package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class AppliedOffsetsTest {
    private final AppliedOffsets applied = new AppliedOffsets();

    @Test
    void whoGaveUpWaitingIsNotKeptUntilTheOffsetIsReached() {
        for (int read = 0; read < 100; read++) {
            applied.await("alerts", 7).completeExceptionally(new TimeoutException());
        }
        CompletableFuture<Void> patient = applied.await("alerts", 7);
        assertThat(applied.waiting("alerts")).isEqualTo(1);

        applied.reached("alerts", 7);

        assertThat(patient).isCompleted();
        assertThat(applied.waiting("alerts")).isZero();
    }
}
