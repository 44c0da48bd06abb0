package io.netsentinel.integrations.sink;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one thread. Raised before it is waited for, it is not lost; raised twice, it wakes once.
final class Signal {
    private final Semaphore raised = new Semaphore(0);

    void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /// Waits until it is raised, but not longer than that.
    void await(Duration time) {
        try {
            if (raised.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                raised.drainPermits();
            }
        } catch (InterruptedException _) {
            // a delivery that was told to end too late: it is over, so there is nothing to end
        }
    }
}
