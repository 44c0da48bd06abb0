package io.netsentinel.transport;

import java.time.Duration;

/// Why and how the server ends a connection.
///
/// @param code why
/// @param retryFrom the client comes back after this time at the earliest …
/// @param retryTo … and at the latest, at random between the two
record Farewell(CloseCode code, Duration retryFrom, Duration retryTo) {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(20);

    static Farewell of(CloseCode code) {
        return new Farewell(code, SOON, LATE);
    }
}
