package io.netsentinel.integrations.sink;

import java.time.Duration;

/// How many records are sent at once. A target that is slow gets less, so that a batch is through
/// well within its time; one that is quick gets more again. So nothing is sent over and over that
/// can never get through in time, and what is sent twice after a break stays small.
final class BatchSize {
    private final int most;
    private final Duration slow;
    private final Duration quick;
    private int now;

    /// @param timeout how long one delivery may take
    BatchSize(int most, Duration timeout) {
        this.most = most;
        this.now = most;
        this.slow = timeout.dividedBy(8);
        this.quick = timeout.dividedBy(32);
    }

    int now() {
        return now;
    }

    /// So many went through in that time.
    void worked(int records, Duration time) {
        if (time.compareTo(slow) > 0) {
            now = Math.max(1, Math.min(now, records) / 2);
        } else if (time.compareTo(quick) < 0 && records >= now) {
            now = Math.min(most, now * 2);
        }
    }

    /// So many did not get through in time, or were too many.
    void tooMany(int records) {
        now = Math.max(1, Math.min(now, records) / 2);
    }
}
