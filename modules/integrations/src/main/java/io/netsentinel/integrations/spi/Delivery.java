package io.netsentinel.integrations.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What became of a batch. Reasons are shown to people and must hold no secret.
public sealed interface Delivery {
    /// The target has all of it.
    Delivery ALL = new All();

    /// The target has all of it.
    record All() implements Delivery {}

    /// The target has what is named by neither set.
    ///
    /// @param refused records, by their place in the batch, that the target will never take, and
    ///   why
    /// @param again records, by their place in the batch, that it may take later
    /// @param reason why some must be offered again; empty when none must
    /// @param pause how long the target wants to be left alone; zero when it does not say
    record Partly(Map<Integer, String> refused, Set<Integer> again, String reason, Duration pause)
            implements Delivery {
        public Partly {
            refused = Map.copyOf(refused);
            again = Set.copyOf(again);
        }
    }

    /// The target has nothing of it and will not take it as it is. Halves of it are tried; a single
    /// record becomes a dead letter.
    record Refused(String reason) implements Delivery {}

    /// The target has nothing of it and may take it later.
    ///
    /// @param pause how long the target wants to be left alone; zero when it does not say
    record Later(String reason, Duration pause) implements Delivery {
        /// Without a word of the target about when.
        public static Later because(String reason) {
            return new Later(reason, Duration.ZERO);
        }
    }
}
