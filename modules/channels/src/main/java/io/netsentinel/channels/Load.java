package io.netsentinel.channels;

import java.util.ArrayList;
import java.util.List;

/// One page read under way, and who waits for it.
final class Load {
    private final List<Runnable> waiters = new ArrayList<>();
    private boolean done;

    /// Has `wake` called when the read is over, unless it already is.
    synchronized void await(Runnable wake) {
        if (!done) {
            waiters.add(wake);
        }
    }

    synchronized boolean done() {
        return done;
    }

    void finish() {
        List<Runnable> all;
        synchronized (this) {
            done = true;
            all = List.copyOf(waiters);
            waiters.clear();
        }
        all.forEach(Runnable::run);
    }
}
