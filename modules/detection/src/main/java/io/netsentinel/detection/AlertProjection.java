package io.netsentinel.detection;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Projection;
import io.netsentinel.queuing.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Read> all = new ArrayList<>(records.size());
        for (LogRecord record : records) {
            read(record).ifPresent(event -> all.add(new Read(event, record)));
        }
        work.lookUp(all.stream().map(read -> read.event().id()).toList());
        all.forEach(read -> take(read, work));
        pruning.step(work, batch);
        work.writeTo(batch);
    }

    /// An event and the record it was read from.
    private record Read(Event event, LogRecord record) {}

    /// Somebody may publish any JSON object to the channel; what is no event has no place in the
    /// list of alerts.
    private static Optional<Event> read(LogRecord record) {
        try {
            return Optional.of(Event.briefFromJson(record.payload()));
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }

    private static void take(Read read, AlertWork work) {
        Event event = read.event();
        if (event.kind().equals(StateEvent.KIND)) {
            StateEvent.read(event).ifPresent(work::change);
        } else if (!event.id().isEmpty()) {
            work.add(event, read.record());
        }
    }
}
