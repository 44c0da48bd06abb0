package io.netsentinel.queuing;

import java.sql.SQLException;

/// Begins new epochs where acknowledged events may be missing.
final class Breaks {

    private Breaks() {}

    /// Begins a new epoch of a channel above everything it ever gave out. Becomes true with the
    /// next commit.
    static void begin(
            LogContext log, Session session, ChannelLog channel, long above, String reason)
            throws SQLException {
        Epoch begun = channel.breakAbove(above);
        Schema.putChannel(session, channel);
        log.condition()
                .report(
                        StorageReport.Kind.EPOCH_CHANGED,
                        "channel "
                                + channel.name()
                                + " begins a new epoch at offset "
                                + begun.first()
                                + ": "
                                + reason);
    }
}
