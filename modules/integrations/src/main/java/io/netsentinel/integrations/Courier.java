package io.netsentinel.integrations;

import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Bookmark;
import io.netsentinel.queuing.LogClosedException;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Takes batches to the log, one after the other: the next one is handed over only when the one
/// before is committed. So a bookmark never gets ahead of the events it stands behind, whatever
/// fails. What the log refuses is offered again until it is taken.
final class Courier {
    private static final System.Logger LOG = System.getLogger(Courier.class.getName());
    private static final byte[] NOTHING = {};
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofMillis(10);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    private final Function<Append, CompletableFuture<Appended>> publish;
    private final Function<String, Optional<byte[]>> bookmarks;
    private final Stopper stopper;
    private final RefusalListener refusals;

    private Optional<Journey> underway = Optional.empty();

    private record Journey(Append append, CompletableFuture<Appended> answer, Runnable arrived) {}

    /// Hears when the log refuses, with a reason for people, and with an empty text when it takes
    /// again.
    interface RefusalListener {
        void refused(String reason);
    }

    Courier(
            Function<Append, CompletableFuture<Appended>> publish,
            Function<String, Optional<byte[]>> bookmarks,
            Stopper stopper,
            RefusalListener refusals) {
        this.publish = publish;
        this.bookmarks = bookmarks;
        this.stopper = stopper;
        this.refusals = refusals;
    }

    /// Hands over the next batch when the one before is committed.
    ///
    /// @param arrived called after its commit
    /// @return false when it was stopped before
    boolean send(Append append, Runnable arrived) {
        if (!settle()) {
            return false;
        }
        underway = Optional.of(new Journey(append, publish(append), arrived));
        return true;
    }

    /// Waits for the commit of what was handed over.
    ///
    /// @return false when it was stopped before
    boolean settle() {
        Duration pause = FIRST_RETRY;
        while (underway.isPresent()) {
            Journey journey = underway.get();
            Optional<Throwable> failure = outcome(journey);
            if (failure.isEmpty()) {
                underway = Optional.empty();
                refusals.refused("");
                journey.arrived().run();
                return true;
            }
            if (failure.get() instanceof LogClosedException || stopper.await(pause)) {
                return false;
            }
            refusals.refused(reason(failure.get()));
            pause = min(pause.multipliedBy(2), LONGEST_RETRY);
            again(journey);
        }
        return !stopper.stopping();
    }

    /// A failed append may have been written after all: then its bookmark stands there already.
    private void again(Journey journey) {
        CompletableFuture<Appended> answer =
                written(journey.append())
                        ? CompletableFuture.completedFuture(new Appended(java.util.List.of(), true))
                        : publish(journey.append());
        underway = Optional.of(new Journey(journey.append(), answer, journey.arrived()));
    }

    /// All of its bookmarks must stand there: one of a file that nothing was read of in between
    /// always does.
    private boolean written(Append append) {
        return !append.bookmarks().isEmpty() && append.bookmarks().stream().allMatch(this::stands);
    }

    private boolean stands(Bookmark bookmark) {
        byte[] stored = bookmarks.apply(bookmark.source()).orElse(NOTHING);
        return Arrays.equals(stored, bookmark.value());
    }

    private CompletableFuture<Appended> publish(Append append) {
        try {
            return publish.apply(append);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Waits for the answer; when it is told to stop, not for long.
    private Optional<Throwable> outcome(Journey journey) {
        long deadline = Long.MAX_VALUE;
        while (true) {
            try {
                journey.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return Optional.empty();
            } catch (TimeoutException e) {
                if (stopper.stopping()) {
                    long now = System.nanoTime();
                    deadline = deadline == Long.MAX_VALUE ? now + LAST_WAIT.toNanos() : deadline;
                    if (now - deadline > 0) {
                        return Optional.of(e);
                    }
                }
            } catch (ExecutionException e) {
                return Optional.of(cause(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(e);
            }
        }
    }

    private static Throwable cause(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof CompletionException && cause.getCause() != null
                ? cause.getCause()
                : cause;
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case QueueFullException _ -> "the log is busy; reading waits";
            case StorageDegradedException degraded ->
                    "the log cannot be written to: " + degraded.getMessage();
            default -> {
                LOG.log(System.Logger.Level.ERROR, "the log refused a batch", failure);
                yield "the log refuses the events; see the server's log";
            }
        };
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
