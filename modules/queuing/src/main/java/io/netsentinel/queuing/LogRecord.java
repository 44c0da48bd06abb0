package io.netsentinel.queuing;

/// One stored event.
///
/// @param offset its offset in the channel
/// @param time commit time, milliseconds since 1970; never goes back within a channel
/// @param priority 0 to 3, 1 is normal
/// @param expires when the event expires by its own time to live, milliseconds since 1970; 0 when
///   it does not. The log still returns it: hiding it, and declaring the gap, is the reader's
///   matter
/// @param payload the bytes as appended; shared between readers, so never change them
@SuppressWarnings(
        "ArrayRecordComponent") // shared between all readers of one commit; a copy for each would
// cost more than all else
public record LogRecord(long offset, long time, int priority, long expires, byte[] payload) {}
