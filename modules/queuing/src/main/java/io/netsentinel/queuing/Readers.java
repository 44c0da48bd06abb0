package io.netsentinel.queuing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The two threads that read. Every request is one page at most, and they are served in the order
/// they come: somebody replaying a million events asks for the next page after everybody else who
/// waits.
final class Readers implements AutoCloseable {

    private static final int THREADS = 2;

    private final Counters counters;
    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean closing;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    task -> OwnThreads.daemon("log-reader-" + names.incrementAndGet(), task),
                    (_, _) -> {
                        throw new LogClosedException();
                    });

    Readers(Counters counters) {
        this.counters = counters;
    }

    <T> CompletableFuture<T> submit(Supplier<T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        long asked = System.nanoTime();
        try {
            threads.execute(() -> {
                counters.readerWait.add(System.nanoTime() - asked);
                if (closing) {
                    answer.completeExceptionally(new LogClosedException());
                } else {
                    run(read, answer);
                }
            });
        } catch (LogClosedException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static <T> void run(Supplier<T> read, CompletableFuture<T> answer) {
        try {
            answer.complete(read.get());
        } catch (SegmentException e) {
            answer.completeExceptionally(
                    new StorageDegradedException("cannot read: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    /// Finishes the reads under way. Those that wait are told: there may be hundreds, and whoever
    /// stops the server waits for them.
    @Override
    public void close() {
        closing = true;
        OwnThreads.finish(threads);
    }
}
