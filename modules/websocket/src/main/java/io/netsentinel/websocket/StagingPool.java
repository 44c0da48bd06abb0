package io.netsentinel.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntFunction;

/// The buffers in which writers collect one write. There are only so many: a writer holds one while
/// its peer blocks it, and when all are held, or the peer was slow before, it gets a small one from
/// the heap. So memory for slow peers is bounded by 8 KiB for each of them.
final class StagingPool {
    static final int SIZE = 64 << 10;
    static final int SMALL = 8 << 10;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final IntFunction<ByteBuffer> source;
    private int toCreate;

    /// @param source makes a buffer: direct for a plain socket, on the heap for TLS
    /// @param maximum buffers at most
    StagingPool(IntFunction<ByteBuffer> source, int maximum) {
        this.source = source;
        this.toCreate = maximum;
    }

    /// @param slow true when the peer blocked the last write
    ByteBuffer take(boolean slow) {
        return slow ? small() : takeLarge();
    }

    private synchronized ByteBuffer takeLarge() {
        ByteBuffer buffer = free.pollLast();
        if (buffer != null) {
            return buffer;
        }
        if (toCreate == 0) {
            return small();
        }
        try {
            ByteBuffer made = source.apply(SIZE);
            toCreate--;
            return made;
        } catch (OutOfMemoryError _) {
            return small(); // direct memory has a limit of its own; the heap may have room
        }
    }

    synchronized void give(ByteBuffer buffer) {
        if (buffer.capacity() == SIZE) {
            free.addLast(buffer.clear());
        }
    }

    private static ByteBuffer small() {
        return ByteBuffer.allocate(SMALL);
    }
}
