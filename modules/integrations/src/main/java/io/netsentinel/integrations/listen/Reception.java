package io.netsentinel.integrations.listen;

import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Where received messages wait, and what is counted on the way. Shared by the threads that receive
/// and the source's own thread.
final class Reception {
    private static final long MOST_BYTES = 16L << 20;

    private final FrameQueue queue = new FrameQueue(MOST_BYTES);
    private final LongAdder bytes = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder overlong = new LongAdder();
    private final AtomicReference<String> mishap = new AtomicReference<>("");

    /// Receives until it is closed.
    interface Receiver extends Closeable {
        @Override
        void close();
    }

    FrameQueue queue() {
        return queue;
    }

    void read(long count) {
        bytes.add(count);
    }

    long bytesRead() {
        return bytes.sum();
    }

    LongAdder dropped() {
        return dropped;
    }

    LongAdder refused() {
        return refused;
    }

    LongAdder overlong() {
        return overlong;
    }

    /// A sender was turned away. Who sees the count finds the reason.
    void refuse(String reason) {
        mishap(reason);
        refused.increment();
    }

    /// Something went wrong with one sender.
    void mishap(String text) {
        mishap.set(text);
    }

    /// What went wrong since this was asked last.
    Optional<String> takeMishap() {
        String text = mishap.getAndSet("");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
