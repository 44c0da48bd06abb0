package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Pauses between attempts, with full jitter: anywhere between half a second and a bound that
/// doubles up to 20 seconds, or in the range the server asked for.
final class Backoff {
    static final long LEAST = 500;
    static final long MOST = 20_000;
    private static final int DOUBLINGS = 6;

    private final DoubleSupplier random;
    private int attempt;
    private @Nullable Range asked;

    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    private record Range(long least, long most) {}

    /// The `retry` of a `disconnect` message.
    void ask(JsonNode retry) {
        if (retry.path(0).isNumber() && retry.path(1).isNumber()) {
            ask(retry.path(0).asLong(), retry.path(1).asLong());
        }
    }

    /// Milliseconds; only for the next pause.
    void ask(long least, long most) {
        long from = Math.max(0, least);
        asked = new Range(from, Math.max(from, most));
    }

    /// It worked: begin with short pauses again.
    void reset() {
        attempt = 0;
    }

    Duration next() {
        attempt = Math.min(attempt + 1, DOUBLINGS);
        Range range = asked == null ? new Range(LEAST, Math.min(MOST, LEAST << attempt)) : asked;
        asked = null;
        double jitter = random.getAsDouble() * (range.most() - range.least());
        return Duration.ofMillis(range.least() + (long) jitter);
    }
}
