package io.netsentinel.queuing;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/// The log's own platform threads. They are never interrupted: an interrupt inside H2 closes the
/// database.
final class OwnThreads {

    private static final long PATIENCE_SECONDS = 10;

    private OwnThreads() {}

    static Thread daemon(String name, Runnable task) {
        return Thread.ofPlatform().name(name).daemon().unstarted(task);
    }

    /// Runs a task on a thread of its own and waits for it: the caller may be interrupted, the task
    /// is not.
    static <T> T call(String name, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        daemon(name, () -> complete(result, task)).start();
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new DataDirectoryException("the log cannot be opened: " + Failures.text(e), e);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
        try {
            result.complete(task.call());
        } catch (Exception | Error e) {
            result.completeExceptionally(e);
        }
    }

    /// Lets an executor do what it has and end.
    static void finish(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        try {
            while (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger("io.netsentinel.queuing")
                        .log(
                                System.Logger.Level.WARNING,
                                "still waiting for the log's threads to finish");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
