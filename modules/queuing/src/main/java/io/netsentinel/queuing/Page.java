package io.netsentinel.queuing;

import java.util.List;

/// What one read found.
///
/// @param records the events found, in reading order (ascending for `read`, descending for
///   `readBefore`)
/// @param scannedTo how far the read got: every offset between where it began and here, both this
///   one included, is either in `records` or in `missing`. Reading on begins here
/// @param first oldest kept offset of the channel (`tail` + 1 when nothing is kept)
/// @param tail newest offset of the channel, 0 when there never was one
/// @param epoch the epoch the scanned offsets belong to: a page never crosses from one epoch into
///   another
/// @param missing ranges within the scanned offsets that cannot be read any more, in reading order
public record Page(
        List<LogRecord> records,
        long scannedTo,
        long first,
        long tail,
        String epoch,
        List<Hole> missing) {

    /// Copies the lists.
    public Page {
        records = List.copyOf(records);
        missing = List.copyOf(missing);
    }
}
