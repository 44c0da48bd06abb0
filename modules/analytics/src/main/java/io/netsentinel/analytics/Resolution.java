package io.netsentinel.analytics;

import java.time.Duration;

/// How closely the past is kept, and for how long.
enum Resolution {
    /// Every 10 s for a day, a row for 5 minutes.
    FINE("10s", Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofHours(24)),
    /// Every minute for 31 days, a row for an hour.
    COARSE("1m", Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(31));

    private final String prefix;
    private final Duration step;
    private final Duration block;
    private final Duration kept;

    Resolution(String prefix, Duration step, Duration block, Duration kept) {
        this.prefix = prefix;
        this.step = step;
        this.block = block;
        this.kept = kept;
    }

    /// Milliseconds between two samples.
    long step() {
        return step.toMillis();
    }

    /// How many milliseconds back there are samples.
    long kept() {
        return kept.toMillis();
    }

    /// Where the block begins that a time belongs to.
    long blockOf(long at) {
        return at - Math.floorMod(at, block.toMillis());
    }

    /// The key of a block; keys are in the order of their times.
    String key(long start) {
        return "%s/%015d".formatted(prefix, start);
    }

    /// The first key there can be.
    String first() {
        return key(0);
    }
}
