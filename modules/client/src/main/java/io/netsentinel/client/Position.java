package io.netsentinel.client;

import java.util.Optional;

/// A place in a channel's log: everything up to and including `offset` is dealt with.
///
/// @param offset of the last event; 0 is before the first
/// @param epoch the life of the log the offset belongs to; without it the offset is taken on trust
public record Position(long offset, Optional<String> epoch) {
    /// A position as it was kept earlier.
    public Position(long offset, String epoch) {
        this(offset, Optional.of(epoch));
    }
}
