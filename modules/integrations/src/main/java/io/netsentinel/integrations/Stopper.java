package io.netsentinel.integrations;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells threads to stop without interrupting them: an interrupt would close the files they read.
final class Stopper {
    private final CountDownLatch latch = new CountDownLatch(1);

    void stop() {
        latch.countDown();
    }

    boolean stopping() {
        return latch.getCount() == 0;
    }

    /// Waits that long, or until it is time to stop.
    ///
    /// @return whether it is time to stop
    boolean await(Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // only somebody who wants the thread to end interrupts it
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
