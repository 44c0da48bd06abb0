package io.netsentinel.channels;

import java.util.function.LongSupplier;

/// The time of day that goes on evenly from when it was made, so that a step of the system's clock
/// does not make all events expire at once.
final class SteadyClock implements LongSupplier {
    private final long epoch = System.currentTimeMillis();
    private final long origin = System.nanoTime();

    @Override
    public long getAsLong() {
        return epoch + (System.nanoTime() - origin) / 1_000_000;
    }
}
