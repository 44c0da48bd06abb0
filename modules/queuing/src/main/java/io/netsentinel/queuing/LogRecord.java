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
public record LogRecord(long offset, long time, int priority, long expires, byte[] payload) {

    /// No event has it.
    private static final int REMOVED = -1;

    /// What is left of an event that a [Purge] removed. Readers outside this module never see one.
    static LogRecord removedAt(long offset, long time) {
        return new LogRecord(offset, time, REMOVED, 0, new byte[0]);
    }

    boolean removed() {
        return priority == REMOVED;
    }
}
