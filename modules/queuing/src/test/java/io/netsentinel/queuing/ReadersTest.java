package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReadersTest {

    @Test
    void whatIsUnderWayIsFinishedAndWhatWaitsIsToldThatTheLogIsClosed() throws Exception {
        Readers readers = new Readers(new Counters());
        CountDownLatch under = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        CompletableFuture<Integer> first = readers.submit(() -> held(under, go, read));
        CompletableFuture<Integer> second = readers.submit(() -> held(under, go, read));
        under.await();
        CompletableFuture<Integer> waiting = readers.submit(read::incrementAndGet);

        Thread closing = Thread.ofPlatform().start(readers::close);
        // it waits for the reads under way, so it has begun
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        closing.join();

        assertThat(first.join() + second.join()).isEqualTo(3);
        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LogClosedException.class);
        assertThat(read).hasValue(2);
    }

    private static int held(CountDownLatch under, CountDownLatch go, AtomicInteger read) {
        under.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return read.incrementAndGet();
    }
}
