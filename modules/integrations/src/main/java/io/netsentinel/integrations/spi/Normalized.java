package io.netsentinel.integrations.spi;

import java.util.List;

/// What became of a line.
public sealed interface Normalized {
    /// It holds nothing to keep, for example a header line.
    Normalized SKIPPED = new Skipped();

    /// Events, each with the channels it goes to.
    ///
    /// @param events at least one
    record Accepted(List<Routed> events) implements Normalized {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// It cannot be understood.
    ///
    /// @param reason why, fit to be shown: never a part of the line, never an exception's text
    record Rejected(String reason) implements Normalized {}

    /// It holds nothing to keep.
    record Skipped() implements Normalized {}
}
