package io.netsentinel.queuing;

import java.time.Instant;

/// Something the log found or did that the operator should know of.
///
/// @param time when it was found
/// @param kind what it is
/// @param message one line: what is affected, and what was done
public record StorageReport(Instant time, Kind kind, String message) {

    /// The kinds of reports.
    public enum Kind {
        /// A segment could not be opened and was set aside: its events are missing.
        SEGMENT_DAMAGED,
        /// A segment was damaged; what could be read was brought over into a new file.
        SEGMENT_RECOVERED,
        /// Single events were found damaged or missing inside a segment.
        EVENTS_LOST,
        /// A channel began a new epoch because acknowledged events may be missing.
        EPOCH_CHANGED,
        /// The file of high-water marks was damaged or missing.
        MARKS_DAMAGED,
        /// The main database was damaged, set aside and begun anew.
        MAIN_DATABASE_DAMAGED,
        /// A projection failed at an event and skipped it.
        PROJECTION_FAILED
    }
}
