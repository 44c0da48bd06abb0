package io.netsentinel.channels;

import io.netsentinel.queuing.StoredCursor;

/// A kept place at one moment.
///
/// @param cursor whose, what and where
/// @param held whether a connection holds it
public record DurableInfo(StoredCursor cursor, boolean held) {}
