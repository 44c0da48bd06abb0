package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one batch of the log does to the alert tables, gathered so that each row is written once.
final class AlertWork {
    static final long FINE_MS = 10_000;
    static final long COARSE_MS = 600_000;
    static final String OPEN = "open";

    private final AlertTables tables;
    private final String epoch;
    private final Map<String, Alert> rows = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final List<String> severities = new ArrayList<>();
    private final Map<String, long[]> fine = new HashMap<>();
    private final Map<String, long[]> coarse = new HashMap<>();
    private final Map<String, Boolean> triaged = new HashMap<>();
    private final Set<String> lookedUp = new HashSet<>();
    private final Map<String, byte[]> stored = new HashMap<>();
    private final long[] open;

    AlertWork(AlertTables tables, String epoch) {
        this.tables = tables;
        this.epoch = epoch;
        this.open = Counts.read(tables.open().get(OPEN));
    }

    /// Looks up in one step which of these ids the tables know: one by one, each would wait for the
    /// store.
    void lookUp(List<String> eventIds) {
        lookedUp.addAll(eventIds);
        lookedUp.remove("");
        stored.putAll(tables.ids().getAll(lookedUp));
    }

    void add(Event event, LogRecord record) {
        if (key(event.id()).isPresent()) {
            return; // the same alert told twice: the first one keeps its triage
        }
        String key = SortKey.of(event.timestamp().toEpochMilli(), record.time(), record.offset());
        Alert alert = first(event, record);
        rows.put(key, alert);
        ids.put(event.id(), key);
        severities.add(severityKey(event.severity(), key));
        open[Counts.index(event.severity())] += weight(alert.status());
        if (alert.status() != Status.OPEN) {
            triaged.put(key, true);
        }
        count(tables.fine(), fine, SortKey.time(key) / FINE_MS, event.severity());
        count(tables.coarse(), coarse, SortKey.time(key) / COARSE_MS, event.severity());
    }

    /// What a rule of the house did to it is the first step of its history, so that it can be
    /// undone like any other.
    private Alert first(Event event, LogRecord record) {
        Status status = Status.first(event);
        List<Change> history =
                status == Status.OPEN
                        ? List.of()
                        : List.of(
                                new Change(
                                        event.id(),
                                        event.text(Fields.NS_HOUSE_ACTION),
                                        "rule " + event.text(Fields.NS_HOUSE_RULE),
                                        Instant.ofEpochMilli(record.time()),
                                        event.text(Fields.NS_HOUSE_REASON),
                                        1));
        return new Alert(
                AlertRow.of(event),
                epoch,
                record.offset(),
                record.time(),
                status,
                history.size(),
                history);
    }

    void change(StateEvent state) {
        Optional<String> key = key(state.alertId());
        if (key.isEmpty()) {
            return; // retention took the alert before its change was applied
        }
        Alert before = row(key.get());
        Alert after = state.applyTo(before);
        rows.put(key.get(), after);
        int severity = Counts.index(before.event().severity());
        open[severity] += weight(after.status()) - weight(before.status());
        triaged.put(key.get(), after.status() != Status.OPEN);
    }

    /// Retention has taken these alerts from the log.
    void forget(String key, Alert alert, StoreBatch batch) {
        open[Counts.index(alert.event().severity())] -= weight(alert.status());
        batch.delete(tables.rows(), key)
                .delete(tables.ids(), alert.id())
                .delete(tables.severities(), severityKey(alert.event().severity(), key))
                .delete(tables.triaged(), key);
        rows.remove(key);
        triaged.remove(key);
    }

    void writeTo(StoreBatch batch) {
        rows.forEach((key, alert) -> batch.put(tables.rows(), key, AlertJson.write(alert)));
        ids.forEach(
                (id, key) -> batch.put(tables.ids(), id, key.getBytes(StandardCharsets.US_ASCII)));
        severities.forEach(key -> batch.put(tables.severities(), key, new byte[0]));
        fine.forEach((key, counts) -> batch.put(tables.fine(), key, Counts.write(counts)));
        coarse.forEach((key, counts) -> batch.put(tables.coarse(), key, Counts.write(counts)));
        triaged.forEach((key, yes) -> mark(batch, key, yes));
        batch.put(tables.open(), OPEN, Counts.write(open));
    }

    static String severityKey(Severity severity, String key) {
        return Counts.index(severity) + key;
    }

    private void mark(StoreBatch batch, String key, boolean yes) {
        if (yes) {
            batch.put(tables.triaged(), key, new byte[0]);
        } else {
            batch.delete(tables.triaged(), key);
        }
    }

    private static long weight(Status status) {
        return status == Status.ACKNOWLEDGED ? 0 : 1;
    }

    private static void count(
            Table table, Map<String, long[]> buckets, long bucket, Severity severity) {
        long[] counts =
                buckets.computeIfAbsent(SortKey.hex(bucket), key -> Counts.read(table.get(key)));
        counts[Counts.index(severity)]++;
    }

    private Optional<String> key(String id) {
        String added = ids.get(id);
        if (added != null) {
            return Optional.of(added);
        }
        Optional<byte[]> known =
                lookedUp.contains(id) ? Optional.ofNullable(stored.get(id)) : tables.ids().get(id);
        return known.map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    private Alert row(String key) {
        Alert changed = rows.get(key);
        return changed != null ? changed : AlertJson.read(tables.rows().get(key).orElseThrow());
    }
}
