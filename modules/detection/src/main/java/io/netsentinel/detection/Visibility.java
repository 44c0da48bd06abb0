package io.netsentinel.detection;

import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.util.Optional;

/// Which alerts an identity may see. A row holds some fields of its event only; a permission that
/// asks for others is asked of the whole event in the log.
final class Visibility {
    private final EventLog log;

    Visibility(EventLog log) {
        this.log = log;
    }

    boolean shows(Identity who, Alert alert) {
        return who.rows().map(rows -> shows(rows, alert)).orElse(true);
    }

    /// What can no longer be looked at as a whole is not shown: a `not` would be true of the fields
    /// that are missing.
    boolean shows(Filter rows, Alert alert) {
        return AlertRow.holds(rows.fields())
                ? rows.test(alert.event())
                : whole(alert).map(all -> rows.test(all.event())).orElse(false);
    }

    /// The alert with all fields of its event; empty when the log has it no more.
    Optional<Alert> whole(Alert row) {
        Page page = log.read(Channel.ALERTS, row.offset() - 1, 1, Integer.MAX_VALUE).join();
        return page.records().stream()
                .filter(record -> record.offset() == row.offset())
                .findFirst()
                .flatMap(record -> parse(record, row));
    }

    /// After a loss of unsynced data another event may stand at the same offset: then the row is
    /// all that is left.
    private static Optional<Alert> parse(LogRecord record, Alert row) {
        try {
            Event event = Event.fromJson(record.payload());
            return event.id().equals(row.id())
                    ? Optional.of(
                            new Alert(
                                    event,
                                    row.epoch(),
                                    row.offset(),
                                    row.time(),
                                    row.status(),
                                    row.version(),
                                    row.history()))
                    : Optional.empty();
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }
}
