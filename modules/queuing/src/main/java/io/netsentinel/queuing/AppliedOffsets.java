package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// How far a projection has applied each channel, and who waits for it.
final class AppliedOffsets {

    private record Waiter(long offset, CompletableFuture<Void> reached) {}

    private final Map<String, Long> applied = new HashMap<>();
    private final Map<String, List<Waiter>> waiters = new HashMap<>();
    private boolean closed;

    synchronized long get(String channel) {
        return applied.getOrDefault(channel, 0L);
    }

    void reached(String channel, long offset) {
        List<Waiter> done;
        synchronized (this) {
            applied.put(channel, offset);
            List<Waiter> waiting = waiters.getOrDefault(channel, new ArrayList<>());
            done = waiting.stream().filter(w -> w.offset() <= offset).toList();
            waiting.removeAll(done);
        }
        done.forEach(waiter -> waiter.reached().complete(null));
    }

    synchronized int waiting(String channel) {
        return waiters.getOrDefault(channel, List.of()).size();
    }

    synchronized CompletableFuture<Void> await(String channel, long offset) {
        if (get(channel) >= offset) {
            return CompletableFuture.completedFuture(null);
        }
        if (closed) {
            return CompletableFuture.failedFuture(new LogClosedException());
        }
        CompletableFuture<Void> reached = new CompletableFuture<>();
        List<Waiter> waiting = waiters.computeIfAbsent(channel, _ -> new ArrayList<>());
        // whoever gave up is not kept until the offset is reached, which may be never
        waiting.removeIf(waiter -> waiter.reached().isDone());
        waiting.add(new Waiter(offset, reached));
        return reached;
    }

    void close() {
        List<Waiter> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiters.values().forEach(left::addAll);
            waiters.clear();
        }
        left.forEach(waiter -> waiter.reached().completeExceptionally(new LogClosedException()));
    }
}
