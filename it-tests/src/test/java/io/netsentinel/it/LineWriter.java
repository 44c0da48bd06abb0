package io.netsentinel.it;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Writes the lines `line-0`, `line-1` … to a file, about 2,000 a second, until it is told to stop.
final class LineWriter implements AutoCloseable {
    private static final int BATCH = 50;
    private static final long PAUSE_NANOS = 25_000_000;

    private final Path file;
    private final AtomicInteger lines = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread thread;
    private volatile boolean stopping;

    LineWriter(Path file) {
        this.file = file;
        thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        while (!stopping) {
            between(() -> {
                Eve.append(file, Eve.requests("line", lines.get(), BATCH));
                lines.addAndGet(BATCH);
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Does something while nothing is being written.
    void between(Runnable action) {
        writing.lock();
        try {
            action.run();
        } finally {
            writing.unlock();
        }
    }

    /// How many were written.
    int lines() {
        return lines.get();
    }

    int finish() {
        close();
        return lines.get();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
