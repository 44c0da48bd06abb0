package io.netsentinel.queuing;

/// When a group may be committed before it is full. A log that was idle commits at once, and a few
/// more times; under a steady stream there is one commit per group delay. Every commit costs the
/// file several kilobytes, however small.
final class CommitPace {

    private static final int BURST = 50;

    private final long delay;
    private final long most;
    private long credit;
    private long refilled;

    CommitPace(long delayNanos, long now) {
        this.delay = delayNanos;
        this.most = delayNanos * BURST;
        this.credit = most;
        this.refilled = now;
    }

    /// How long to wait for more entries before committing, in nanoseconds; 0 when it may be done
    /// now.
    long pause(long now) {
        credit = Math.min(most, credit + now - refilled);
        refilled = now;
        return Math.max(0, delay - credit);
    }

    void committed() {
        credit = Math.max(0, credit - delay);
    }
}
