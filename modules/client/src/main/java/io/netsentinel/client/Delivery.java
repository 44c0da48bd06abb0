package io.netsentinel.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue and the virtual thread that empties it into a listener.
final class Delivery {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());

    /// Characters of frames that may wait, by which a few large events are bounded too.
    private static final long HEAVIEST = 8 << 20;

    private final int most;
    private final Runnable emptied;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private long weight;
    private boolean tellWhenEmpty;
    private boolean finishing;
    private boolean ended;

    /// @param most tasks that may wait
    /// @param emptied called after [#tellWhenEmpty()], once nothing waits any more
    Delivery(String name, int most, Runnable emptied) {
        this.most = most;
        this.emptied = emptied;
        Thread.ofVirtual().name(name).start(this::run);
    }

    private record Task(long weight, Runnable call) {}

    /// Adds a call for the listener.
    ///
    /// @param patience how long to wait for room
    /// @return false when there is none
    boolean offer(long itsWeight, Runnable call, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (full() && !over()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            if (!over()) {
                tasks.add(new Task(itsWeight, call));
                weight += itsWeight;
                changed.signalAll();
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean over() {
        return ended || finishing;
    }

    private boolean full() {
        return tasks.size() >= most || weight >= HEAVIEST;
    }

    /// Has [#emptied] called when everything that waits now is done; at once when nothing does.
    void tellWhenEmpty() {
        lock.lock();
        try {
            tellWhenEmpty = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Drops what waits. A call under way is not interrupted.
    void end() {
        lock.lock();
        try {
            ended = true;
            tasks.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends when what waits is done.
    void finish() {
        lock.lock();
        try {
            finishing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            Runnable next;
            lock.lock();
            try {
                while (tasks.isEmpty() && !ended && !finishing && !tellWhenEmpty) {
                    changed.awaitUninterruptibly();
                }
                if (ended || (finishing && tasks.isEmpty())) {
                    return;
                }
                next = tasks.isEmpty() ? emptied() : taken();
            } finally {
                lock.unlock();
            }
            call(next);
        }
    }

    private Runnable emptied() {
        tellWhenEmpty = false;
        return emptied;
    }

    private Runnable taken() {
        Task task = tasks.remove();
        weight -= task.weight();
        changed.signalAll();
        return task.call();
    }

    private static void call(Runnable next) {
        try {
            next.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.log(Level.ERROR, "a listener failed; what it was given counts as delivered", e);
        }
    }
}
