package io.netsentinel.websocket;

/// A connection's counters. The reader writes the incoming ones, the writer the outgoing ones.
@SuppressWarnings("NonAtomicVolatileUpdate") // each field is written by one thread at a time
final class Traffic {
    private volatile long lastReceived;
    private volatile long lastWritten;
    private volatile long bytesIn;
    private volatile long bytesOut;
    private volatile long messagesIn;
    private volatile long messagesOut;

    Traffic(long now) {
        lastReceived = now;
        lastWritten = now;
    }

    void received(int bytes, long now) {
        lastReceived = now;
        bytesIn += bytes;
    }

    void messageReceived() {
        messagesIn++;
    }

    void wrote(int bytes, long now) {
        lastWritten = now;
        bytesOut += bytes;
    }

    void messagesSent(int messages) {
        messagesOut += messages;
    }

    long lastReceivedNanos() {
        return lastReceived;
    }

    long lastActivityNanos() {
        return lastReceived - lastWritten > 0 ? lastReceived : lastWritten;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    long messagesIn() {
        return messagesIn;
    }

    long messagesOut() {
        return messagesOut;
    }
}
