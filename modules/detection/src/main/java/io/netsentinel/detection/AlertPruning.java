package io.netsentinel.detection;

import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.util.List;
import java.util.function.LongSupplier;

/// Takes rows whose alerts retention has removed from the log, a page with each batch that is
/// applied. Rows stand in the order of event time and retention goes by offset, so one pass looks
/// at every row.
final class AlertPruning {
    private static final int PAGE = 500;

    private final AlertTables tables;
    private final LongSupplier first;
    private long passFor = 1;
    private String next = Table.END;

    AlertPruning(AlertTables tables, LongSupplier first) {
        this.tables = tables;
        this.first = first;
    }

    void step(AlertWork work, StoreBatch batch) {
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
            if (SortKey.offset(row.key()) < passFor) {
                work.forget(row.key(), AlertJson.read(row.value()), batch);
            }
        }
        next = page.size() < PAGE ? Table.END : page.getLast().key() + "0";
        forgetTimeline(batch);
    }

    /// Buckets before the oldest alert that is left count nothing that could still be opened.
    private void forgetTimeline(StoreBatch batch) {
        List<Row> oldest = tables.rows().scan("", Table.END, 1);
        if (!oldest.isEmpty()) {
            long time = SortKey.time(oldest.getFirst().key());
            forgetBefore(tables.fine(), time / AlertWork.FINE_MS, batch);
            forgetBefore(tables.coarse(), time / AlertWork.COARSE_MS, batch);
        }
    }

    private static void forgetBefore(Table timeline, long bucket, StoreBatch batch) {
        for (Row row : timeline.scan("", SortKey.hex(bucket), PAGE)) {
            batch.delete(timeline, row.key());
        }
    }
}
