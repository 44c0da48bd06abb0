package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Projection;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// Keeps the tables of incidents in step with the channel `incidents`. Every event holds the whole
/// state of its incident, so the tables can be made again from any part of the log.
final class IncidentProjection implements Projection {
    static final String NAME = "incidents";

    /// What the events of this channel say they are.
    static final String DATASET = "netsentinel.incident";

    private static final int PAGE = 200;

    private final IncidentTables tables;
    private final LongSupplier first;
    private long passFor = 1;
    private String next = Table.END;

    /// @param first the oldest offset that retention keeps of the channel
    IncidentProjection(IncidentTables tables, LongSupplier first) {
        this.tables = tables;
        this.first = first;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.INCIDENTS);
    }

    @Override
    public void apply(String channel, String epoch, List<LogRecord> records, StoreBatch batch) {
        IncidentWork work = new IncidentWork(tables);
        for (LogRecord record : records) {
            JsonNode event = IncidentJson.tree(record.payload());
            if (event.path("event").path("dataset").asText().equals(DATASET)
                    && event.path("ns").path("incident").has("id")) {
                work.apply(event, record.offset());
            }
        }
        prune(work);
        work.writeTo(batch);
    }

    /// Takes a page of what retention has removed from the log.
    private void prune(IncidentWork work) {
        long keepFrom = first.getAsLong();
        if (next.equals(Table.END)) {
            if (keepFrom <= passFor) {
                return;
            }
            passFor = keepFrom;
            next = "";
        }
        List<Row> page = tables.rows().scan(next, Table.END, PAGE);
        for (Row row : page) {
            Kept kept = IncidentJson.readKept(row.value());
            if (kept.offset() < passFor && !work.touched(kept.incident().id())) {
                work.forget(kept);
            }
        }
        next = page.size() < PAGE ? Table.END : page.getLast().key() + "\u0000";
    }
}
