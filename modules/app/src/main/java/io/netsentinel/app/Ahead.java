package io.netsentinel.app;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// A part of the server that is opened on a thread of its own, while others are: a start uses more
/// than one processor.
///
/// @param <T> the part
final class Ahead<T> implements AutoCloseable {
    private final CompletableFuture<T> opening = new CompletableFuture<>();
    private final Consumer<T> closer;

    private Ahead(Consumer<T> closer) {
        this.closer = closer;
    }

    /// Begins to open a part.
    ///
    /// @param closer closes it
    static <T> Ahead<T> open(String name, Callable<T> part, Consumer<T> closer) {
        Ahead<T> ahead = new Ahead<>(closer);
        run(
                name,
                () -> {
                    try {
                        ahead.opening.complete(part.call());
                    } catch (Exception | Error e) {
                        ahead.opening.completeExceptionally(e);
                    }
                });
        return ahead;
    }

    /// Runs something whose end nobody needs to wait for.
    static void run(String name, Runnable task) {
        Thread.ofPlatform().daemon().name("start-" + name).start(task);
    }

    /// The part, once it is open.
    ///
    /// @throws RuntimeException what opening it threw
    T get() {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the start", e);
        }
    }

    /// Closes the part; waits for it to be open first.
    @Override
    public void close() {
        opening.handle((_, _) -> this).join();
        if (opening.state() == Future.State.SUCCESS) {
            closer.accept(opening.resultNow());
        }
    }
}
