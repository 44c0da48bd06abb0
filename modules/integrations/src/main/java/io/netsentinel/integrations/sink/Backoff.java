package io.netsentinel.integrations.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: a random part of a time that doubles with every
/// failure, so that many senders do not come back to a recovering target all at once.
final class Backoff {
    private static final long FIRST_MILLIS = 250;
    private static final long LEAST_MILLIS = 20;
    private static final int DOUBLINGS = 30;
    private static final Duration LONGEST_WISH = Duration.ofMinutes(10);

    private final long longestMillis;
    private final RandomGenerator random;

    Backoff(Duration longest, RandomGenerator random) {
        this.longestMillis = longest.toMillis();
        this.random = random;
    }

    /// @param failures how many attempts failed in a row, at least 1
    /// @param wish how long the target asked to be left alone; at most ten minutes are granted
    Duration after(int failures, Duration wish) {
        long most = Math.min(longestMillis, FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS));
        long millis = Math.max(LEAST_MILLIS, random.nextLong(most + 1));
        long asked = Math.min(wish.toMillis(), LONGEST_WISH.toMillis());
        return Duration.ofMillis(Math.max(millis, asked));
    }
}
