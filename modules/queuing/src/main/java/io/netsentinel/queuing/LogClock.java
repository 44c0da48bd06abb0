package io.netsentinel.queuing;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Two clocks. The wall clock stamps commits. The steady one starts at the same time and then only
/// counts elapsed time: ages are measured with it, so a step of the wall clock expires nothing.
final class LogClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final long startNanos;
    private long startMillis;
    private volatile long lastCommit;

    LogClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.startMillis = wall.millis();
    }

    static LogClock of(InstantSource wall) {
        return new LogClock(wall, System::nanoTime);
    }

    /// A wall clock behind the newest commit has been set back while the log was closed: the commit
    /// is believed.
    void notBefore(long newestCommit) {
        startMillis = Math.max(startMillis, newestCommit);
        lastCommit = Math.max(lastCommit, newestCommit);
    }

    /// The time of the next commit: the wall clock's, never before the last commit's. Only the
    /// writer asks.
    long commitMillis() {
        lastCommit = Math.max(lastCommit, wall.millis());
        return lastCommit;
    }

    /// No commit so far is later, none from now on is earlier.
    long lastCommit() {
        return lastCommit;
    }

    long steadyMillis() {
        return startMillis + (nanos.getAsLong() - startNanos) / NANOS_PER_MILLI;
    }
}
