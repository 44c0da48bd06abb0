package io.netsentinel.integrations.sink;

import io.netsentinel.integrations.RateMeter;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What a sink has done since the server started. Written by the sink's thread, read by any.
final class SinkTally {
    final LongAdder sent = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder missed = new LongAdder();

    private final Clock clock;
    private final RateMeter rate = new RateMeter();
    private volatile Optional<Instant> lastSent = Optional.empty();
    private volatile Optional<Failure> lastFailure = Optional.empty();

    /// @param reason fit to be shown
    record Failure(String reason, Instant time) {}

    SinkTally(Clock clock) {
        this.clock = clock;
    }

    void sent(long records, long payload) {
        sent.add(records);
        bytes.add(payload);
        rate.add(records);
        lastSent = Optional.of(clock.instant());
    }

    void failed(String reason) {
        lastFailure = Optional.of(new Failure(reason, clock.instant()));
    }

    double perSecond() {
        return rate.perSecond();
    }

    Optional<Instant> lastSent() {
        return lastSent;
    }

    Optional<Failure> lastFailure() {
        return lastFailure;
    }
}
