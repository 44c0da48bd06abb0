package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Source.Progress;

/// How far a source is that reads messages from another server. Written by the source's own thread,
/// read by others.
public final class Reading {
    private static final int WEIGHT = 16;

    private volatile long bytesRead;
    private volatile long waiting;
    private volatile boolean connected;
    private long bytes;
    private long average;

    /// Nothing was read yet.
    public Reading() {}

    /// A message was read.
    public void read(int length) {
        bytes += length;
        bytesRead = bytes;
        average = average == 0 ? length : average + (length - average) / WEIGHT;
    }

    /// How many messages are there and not yet read.
    public void waiting(long messages) {
        waiting = Math.max(0, messages) * average;
    }

    /// Whether the other server is there.
    public void connected(boolean is) {
        connected = is;
    }

    /// Bytes of a usual message; 0 while that is not known.
    public long average() {
        return average;
    }

    /// For the status. What is waiting is estimated from the messages so far.
    public Progress progress() {
        return new Progress(bytesRead, waiting, 1, !connected);
    }
}
