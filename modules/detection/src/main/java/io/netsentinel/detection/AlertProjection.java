package io.netsentinel.detection;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Projection;
import io.netsentinel.queuing.StoreBatch;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// Keeps the alert tables in step with the channel `alerts`: alerts become rows, triage changes
/// move them. It holds no state of its own between two calls but the place where pruning goes on,
/// so a call that fails changes nothing.
final class AlertProjection implements Projection {
    static final String NAME = "alerts";

    private final AlertTables tables;
    private final AlertPruning pruning;

    /// @param first the oldest offset that retention keeps of the channel
    AlertProjection(AlertTables tables, LongSupplier first) {
        this.tables = tables;
        this.pruning = new AlertPruning(tables, first);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.ALERTS);
    }

    @Override
    public void apply(String channel, String epoch, List<LogRecord> records, StoreBatch batch) {
        AlertWork work = new AlertWork(tables, epoch);
        for (LogRecord record : records) {
            read(record, work);
        }
        pruning.step(work, batch);
        work.writeTo(batch);
    }

    /// Somebody may publish any JSON object to the channel; what is no event has no place in the
    /// list of alerts.
    private static void read(LogRecord record, AlertWork work) {
        Event event;
        try {
            event = Event.fromJson(record.payload());
        } catch (MalformedEventException _) {
            return;
        }
        if (event.kind().equals(StateEvent.KIND)) {
            StateEvent.read(event).ifPresent(work::change);
        } else if (!event.id().isEmpty()) {
            work.add(event, record);
        }
    }
}
