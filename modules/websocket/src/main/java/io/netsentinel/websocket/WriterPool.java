package io.netsentinel.websocket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A few virtual threads that write for all connections whose sockets do not block, a round for
/// each in the order they called: an event for a thousand subscribers is a thousand rounds, and a
/// thread for each would cost a tenth as much as the writing. A thread that comes upon a socket
/// without room stays with that connection and leaves; another takes its place.
final class WriterPool {
    /// Rounds after which a thread lets others have its processor, and rounds that wait before
    /// there is a further thread.
    private static final int SHARE = 64;

    /// As long without a pause is too long, however few the rounds.
    private static final long LONG_NANOS = 500_000;

    /// When none was begun for so long, the threads there are wait for something, or have long
    /// ones.
    private static final long STALLED_NANOS = 1_000_000;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /// Threads at most, when some of them stall.
    private static final int MOST = 4 * PROCESSORS;

    private static final ThreadFactory THREADS =
            Thread.ofVirtual()
                    .name("websocket-writer")
                    .inheritInheritableThreadLocals(false)
                    .factory();

    private final ConcurrentLinkedQueue<ConnectionWriter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger workers = new AtomicInteger();

    /// When a round was begun last.
    private volatile long begun = System.nanoTime();

    /// Has a writer's next round done.
    void submit(ConnectionWriter writer) {
        waiting.add(writer);
        length.incrementAndGet();
        staff();
    }

    /// Makes sure there are threads while writers wait.
    private void staff() {
        while (true) {
            int now = workers.get();
            if (length.get() <= 0 || now >= MOST || !(now == 0 || crowded(now) || stalled())) {
                return;
            }
            if (workers.compareAndSet(now, now + 1)) {
                begun = System.nanoTime();
                THREADS.newThread(new Worker()).start();
                return;
            }
        }
    }

    private boolean crowded(int threads) {
        return threads < PROCESSORS && length.get() > threads * SHARE;
    }

    private boolean stalled() {
        return System.nanoTime() - begun > STALLED_NANOS;
    }

    private @Nullable ConnectionWriter next() {
        ConnectionWriter writer = waiting.poll();
        if (writer != null) {
            length.decrementAndGet();
        }
        return writer;
    }

    /// One of the threads.
    final class Worker implements Runnable {
        private boolean left;

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // else others would wait for all that wait here
        public void run() {
            try {
                int rounds = 0;
                long now = System.nanoTime();
                long since = now;
                ConnectionWriter writer = next();
                while (writer != null) {
                    begun = now;
                    // what one handler does to the thread is no matter of the next one's
                    Thread.interrupted();
                    if (writer.turn(this)) {
                        submit(writer);
                    }
                    if (left) {
                        return;
                    }
                    rounds++;
                    now = System.nanoTime();
                    if (rounds == SHARE || now - since > LONG_NANOS) {
                        staff();
                        Thread.yield();
                        rounds = 0;
                        now = System.nanoTime();
                        since = now;
                    }
                    writer = next();
                }
            } finally {
                leave();
            }
        }

        /// From now on this thread writes for one connection alone, as it may have to wait for it.
        void leave() {
            if (!left) {
                left = true;
                workers.decrementAndGet();
                staff();
            }
        }

        boolean left() {
            return left;
        }
    }
}
