package io.netsentinel.integrations.sink;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// What people want of a sink, done by the sink's own thread between two attempts, so that nothing
/// it works with needs a lock.
final class Orders {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Runnable wake;

    /// @param wake tells the sink's thread that there is something to do
    Orders(Runnable wake) {
        this.wake = wake;
    }

    /// Asks for something to be done.
    ///
    /// @return completes when it is done, with what it threw when it failed
    <T> CompletableFuture<T> give(Supplier<T> action) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.add(() -> carryOut(action, answer));
        wake.run();
        return answer;
    }

    private static <T> void carryOut(Supplier<T> action, CompletableFuture<T> answer) {
        if (answer.isDone()) {
            return; // nobody waits for it any more
        }
        try {
            answer.complete(action.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /// Does what was asked for until now. For the sink's thread.
    void obey() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
