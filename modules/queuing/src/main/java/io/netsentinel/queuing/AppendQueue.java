package io.netsentinel.queuing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Appends on their way to the writer, bounded by number and bytes.
final class AppendQueue {

    /// What became of an offer.
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private static final long MOST_GROUP_BYTES = 8 * 1024 * 1024;

    private final int mostEntries;
    private final long mostBytes;
    private final int groupSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private long entries;
    private long bytes;
    private boolean closed;

    AppendQueue(LogSettings settings) {
        this.mostEntries = settings.queueEvents();
        this.mostBytes = settings.queueBytes();
        this.groupSize = settings.groupSize();
    }

    /// An append larger than the whole queue is taken when nothing else waits.
    Offer offer(Pending pending) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (!waiting.isEmpty()
                    && (entries + pending.entries() > mostEntries
                            || bytes + pending.bytes() > mostBytes)) {
                return Offer.FULL;
            }
            waiting.addLast(pending);
            entries += pending.entries();
            bytes += pending.bytes();
            if (waiting.size() == 1 || groupReady()) {
                changed.signal();
            }
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something is there, at most so long.
    ///
    /// @return whether something is
    boolean await(long nanos) {
        lock.lock();
        try {
            pauseUntil(() -> !waiting.isEmpty(), nanos);
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a whole group is there, at most so long.
    void awaitGroup(long nanos) {
        lock.lock();
        try {
            pauseUntil(this::groupReady, nanos);
        } finally {
            lock.unlock();
        }
    }

    private void pauseUntil(BooleanSupplier ready, long nanos) {
        long left = nanos;
        while (!ready.getAsBoolean() && !closed && left > 0) {
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; if somebody did, carrying on is the only safe
                // answer.
                left = 0;
            }
        }
    }

    private boolean groupReady() {
        return entries >= groupSize || bytes >= MOST_GROUP_BYTES;
    }

    /// The appends of one commit: as many as fit into a group, at least one.
    List<Pending> take() {
        lock.lock();
        try {
            List<Pending> group = new ArrayList<>();
            long size = 0;
            long room = MOST_GROUP_BYTES;
            while (!waiting.isEmpty()
                    && (group.isEmpty() || fits(waiting.peekFirst(), groupSize - size, room))) {
                Pending next = waiting.removeFirst();
                group.add(next);
                size += next.entries();
                room -= next.bytes();
                entries -= next.entries();
                bytes -= next.bytes();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private static boolean fits(Pending next, long room, long byteRoom) {
        return next.entries() <= room && next.bytes() <= byteRoom;
    }

    /// Takes nothing more; what waits is still served.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean drained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    long entries() {
        lock.lock();
        try {
            return entries;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
