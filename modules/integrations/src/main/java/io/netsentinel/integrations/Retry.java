package io.netsentinel.integrations;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long a source waits before it connects again: a random part of a time that doubles up to 30
/// seconds, so that many do not come back to a recovering server all at once.
public final class Retry {
    private static final long FIRST_MILLIS = 250;
    private static final long LEAST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 30_000;

    private long most = FIRST_MILLIS;

    /// The first wait is short.
    public Retry() {}

    /// It works again.
    public void reset() {
        most = FIRST_MILLIS;
    }

    /// The next wait.
    public Duration next() {
        long millis = LEAST_MILLIS + ThreadLocalRandom.current().nextLong(most);
        most = Math.min(2 * most, LONGEST_MILLIS);
        return Duration.ofMillis(millis);
    }
}
