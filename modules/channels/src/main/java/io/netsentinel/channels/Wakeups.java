package io.netsentinel.channels;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Wakes subscriptions after a time. Its one thread exists when somebody has asked for it.
final class Wakeups implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("channels-wakeups").factory());

    Wakeups() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Runs something cheap that does not block.
    void after(long millis, Runnable wake) {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(wake, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
