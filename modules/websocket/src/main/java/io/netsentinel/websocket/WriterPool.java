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

    private static final ThreadFactory THREADS =
            Thread.ofVirtual()
                    .name("websocket-writer")
                    .inheritInheritableThreadLocals(false)
                    .factory();

    private final ConcurrentLinkedQueue<ConnectionWriter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger workers = new AtomicInteger();
    private final int most = Runtime.getRuntime().availableProcessors();

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
            int wait = length.get();
            if (wait == 0 || now >= most || (now > 0 && wait <= now * SHARE)) {
                return;
            }
            if (workers.compareAndSet(now, now + 1)) {
                THREADS.newThread(new Worker()).start();
                return;
            }
        }
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
                ConnectionWriter writer = next();
                while (writer != null) {
                    if (writer.turn(this)) {
                        submit(writer);
                    }
                    if (left) {
                        return;
                    }
                    rounds++;
                    if (rounds % SHARE == 0) {
                        Thread.yield();
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
