package io.netsentinel.transport;

/// Lets so many in at a time.
final class Gate {
    private final int most;
    private int inside;
    private boolean closed;

    Gate(int most) {
        this.most = most;
    }

    /// Waits for a place.
    ///
    /// @return false when the gate was closed
    synchronized boolean enter() {
        while (!closed && inside >= most) {
            try {
                wait();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        inside++;
        return !closed;
    }

    /// Takes a place if there is one.
    synchronized boolean tryEnter() {
        if (closed || inside >= most) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /// Nobody waits any more.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
