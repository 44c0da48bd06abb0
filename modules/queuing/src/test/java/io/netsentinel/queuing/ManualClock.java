package io.netsentinel.queuing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/// A wall clock and a steady clock that move only when told to.
final class ManualClock extends Clock {

    private final AtomicLong wall =
            new AtomicLong(Instant.parse("2026-11-01T00:00:00Z").toEpochMilli());
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(wall.get());
    }

    /// Time passes.
    void pass(Duration time) {
        wall.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    /// Somebody sets the wall clock.
    void step(Duration by) {
        wall.addAndGet(by.toMillis());
    }

    LogClock logClock() {
        return new LogClock(this, nanos::get);
    }
}
