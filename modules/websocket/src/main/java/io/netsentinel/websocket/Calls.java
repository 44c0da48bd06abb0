package io.netsentinel.websocket;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/// Calls for work that one thread at a time does: each is followed by work that began after it, and
/// many that come meanwhile are one.
final class Calls {
    private static final int RESTING = 0;
    private static final int RUNNING = 1;
    private static final int CALLED = 2;
    private static final int FINISHED = 4;

    private static final AtomicIntegerFieldUpdater<Calls> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Calls.class, "state");

    /// Counts as running at first, until whoever begins rests once or starts work, so that a call
    /// before it is kept and starts nothing.
    private volatile int state = RUNNING;

    /// What there is to do after some work.
    enum Next {
        /// It was called meanwhile.
        WORK,
        /// Nothing, until there is a call.
        REST,
        /// Nothing any more.
        END
    }

    /// Makes sure that work begins after this call.
    ///
    /// @return true when nobody is at it: whoever calls starts it
    boolean call() {
        while (true) {
            int now = state;
            if (now >= CALLED) {
                return false;
            }
            if (STATE.compareAndSet(this, now, now + 1)) {
                return now == RESTING;
            }
        }
    }

    /// Called by whoever has done some work.
    Next done() {
        while (true) {
            int now = state;
            if ((now & FINISHED) != 0) {
                return Next.END;
            }
            if (STATE.compareAndSet(this, now, now - 1)) {
                return now == RUNNING ? Next.REST : Next.WORK;
            }
        }
    }

    /// No call counts any more.
    ///
    /// @return true when nobody is at work
    boolean finish() {
        return (STATE.getAndUpdate(this, now -> now | FINISHED) & (RUNNING | CALLED)) == RESTING;
    }
}
