package io.netsentinel.queuing;

import java.util.List;

/// The answer to an append, given after its commit.
///
/// @param positions one per entry, in the entries' order
/// @param duplicate whether the idempotency key was known: then nothing was written and the
///   positions are the first ones
public record Appended(List<Position> positions, boolean duplicate) {

    /// Copies the list.
    public Appended {
        positions = List.copyOf(positions);
    }
}
