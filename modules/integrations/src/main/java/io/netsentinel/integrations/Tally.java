package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Intake.Counter;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// What a source has taken in.
final class Tally {
    private final Clock clock;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final DeadLetters deadLetters = new DeadLetters();
    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);
    private final RateMeter rate = new RateMeter();
    private final AtomicReference<Optional<Instant>> lastEvent =
            new AtomicReference<>(Optional.empty());

    Tally(Clock clock) {
        this.clock = clock;
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    void accepted(long events) {
        if (events > 0) {
            accepted.add(events);
            rate.add(events);
            lastEvent.set(Optional.of(clock.instant()));
        }
    }

    void deadLetter() {
        refused.increment();
    }

    void count(Counter counter, long amount) {
        adder(counter).add(amount);
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    long count(Counter counter) {
        return adder(counter).sum();
    }

    double perSecond() {
        return rate.perSecond();
    }

    Optional<Instant> lastEvent() {
        return lastEvent.get();
    }

    private LongAdder adder(Counter counter) {
        return counters.computeIfAbsent(counter, _ -> new LongAdder());
    }
}
