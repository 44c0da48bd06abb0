package io.netsentinel.channels;

import java.time.Instant;
import java.util.Optional;

/// Where a subscription begins.
public sealed interface Where {

    /// With the next event.
    record Tail() implements Where {}

    /// After a position the client has.
    ///
    /// @param offset the last offset it has; 0 without an epoch means the oldest kept event
    /// @param epoch the epoch of that offset; without one the offset is taken on trust
    record After(long offset, Optional<String> epoch) implements Where {
        /// @throws IllegalArgumentException when the offset is negative
        public After {
            if (offset < 0) {
                throw new IllegalArgumentException("an offset is not negative: " + offset);
            }
        }
    }

    /// With the first event committed at a time or later.
    record Since(Instant time) implements Where {}

    /// With the last events before now.
    ///
    /// @param events how many events that pass the subscription's selection, 1 to 1,000
    record Last(int events) implements Where {
        private static final int MOST = 1_000;

        /// @throws IllegalArgumentException when the number is out of range
        public Last {
            if (events < 1 || events > MOST) {
                throw new IllegalArgumentException("last is 1 to 1000: " + events);
            }
        }
    }
}
