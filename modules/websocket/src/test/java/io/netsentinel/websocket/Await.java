package io.netsentinel.websocket;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition.
final class Await {
    private Await() {}

    static void until(BooleanSupplier condition) {
        until(condition, Duration.ofSeconds(10));
    }

    static void until(BooleanSupplier condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not become true within " + patience);
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }
}
