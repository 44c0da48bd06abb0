package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;

/// What a subscription leaves out, by its channel's policy: while it lags, or when it begins with
/// the last values of a state channel. Used by the subscription's thread alone.
final class Thinning {
    /// So many events behind, every one is delivered again.
    private static final long CLOSE = 256;

    /// Most events left out between two that are delivered.
    private static final long LONGEST = 4_096;

    /// A priority that is not sampled away.
    private static final int IMPORTANT = 2;

    private final Topic topic;
    private final Lag lag;
    private final long patience;

    /// Begins with last values up to here.
    private final long valuesUntil;

    /// It has been at the newest event: one that reads the past does not lag.
    private boolean live;

    /// Since when it is behind, by `System.nanoTime()`; 0 when it is not.
    private long behindSince;

    /// The offset chosen last from a sampled channel.
    private long chosen;

    /// @param valuesUntil up to where only the last values are wanted; 0 for nowhere
    Thinning(Topic topic, long valuesUntil) {
        this.topic = topic;
        this.lag = topic.policy().onLag();
        this.patience = topic.policy().lagAfter().toNanos();
        this.valuesUntil = valuesUntil;
    }

    /// It has everything.
    void caughtUp() {
        live = true;
        behindSince = 0;
    }

    /// The next offset to look at; what lies before it is left out. The next one of all when
    /// nothing is left out.
    ///
    /// @param seen its position, before the tail
    /// @param tail the newest offset
    long next(long seen, long tail) {
        if (seen < valuesUntil) {
            return latest(seen, valuesUntil);
        }
        if (lag == Lag.LAG || !lags()) {
            return seen + 1;
        }
        return lag == Lag.COALESCE ? latest(seen, tail) : sample(seen, tail);
    }

    /// Whether events are looked at one by one, because the one behind may have to be left out.
    boolean active(long seen) {
        return seen < valuesUntil || (lag != Lag.LAG && lags());
    }

    private boolean lags() {
        if (!live) {
            return false;
        }
        long now = System.nanoTime();
        if (behindSince == 0) {
            behindSince = now | 1;
        }
        return now - behindSince >= patience - 1; // behindSince is rounded up
    }

    private long latest(long seen, long until) {
        return topic.latest()
                .map(latest -> Math.min(latest.after(seen), until + 1))
                .orElse(seen + 1);
    }

    /// Evenly, the more the further it is behind; what is important is kept.
    private long sample(long seen, long tail) {
        if (chosen != seen + 1) {
            long step = Math.clamp((tail - seen) / CLOSE, 1, LONGEST);
            chosen = importantBefore(seen, Math.min(tail, seen + step));
        }
        return chosen;
    }

    /// The first important event after a position, or the target. What is not in memory is not left
    /// out unseen: then its first event is looked at, which brings its page into memory.
    private long importantBefore(long seen, long target) {
        long at = seen;
        while (at + 1 < target) {
            RawBatch batch = topic.raw().covering(at);
            if (batch == RawBatch.NONE || batch.missing().isPresent()) {
                return at + 1;
            }
            for (int i = batch.indexAfter(at); i < batch.records().size(); i++) {
                LogRecord one = batch.records().get(i);
                if (one.offset() >= target) {
                    return target;
                }
                if (one.priority() >= IMPORTANT) {
                    return one.offset();
                }
            }
            at = batch.to();
        }
        return target;
    }
}
