package io.netsentinel.integrations.listen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What was received and not yet taken in, bounded by bytes. A connection that finds it full waits,
/// so its sender does; a datagram that finds it full is dropped and counted.
final class FrameQueue {
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long weight;
    private boolean closed;

    /// @param limit most bytes held, but for the last message
    FrameQueue(long limit) {
        this.limit = limit;
    }

    /// Adds it when there is room.
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (closed || weight >= limit) {
                return false;
            }
            add(frame);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Adds it when there is room, however long that takes.
    ///
    /// @return false when the queue was closed before
    boolean put(Frame frame) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && weight >= limit) {
                room.await();
            }
            if (!closed) {
                add(frame);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void add(Frame frame) {
        frames.add(frame);
        weight += frame.weight();
        filled.signal();
    }

    /// Takes up to that many; waits a while for the first.
    List<Frame> take(int most, long millis) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (frames.isEmpty() && !closed && nanos > 0) {
                nanos = filled.awaitNanos(nanos);
            }
            List<Frame> taken = new ArrayList<>(Math.min(most, frames.size()));
            while (taken.size() < most && !frames.isEmpty()) {
                Frame frame = frames.remove();
                weight -= frame.weight();
                taken.add(frame);
            }
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Bytes held.
    long weight() {
        lock.lock();
        try {
            return weight;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is taken; what is there can still be fetched.
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
