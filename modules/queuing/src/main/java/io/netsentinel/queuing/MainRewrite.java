package io.netsentinel.queuing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Copies the main database into a new file, a slice at a time between other work, because its
/// space is never used again. Changes made meanwhile go to both files.
final class MainRewrite {

    private static final int SLICE = 1_000;
    private static final String AFTER = "\0";

    private final MainFile from;
    private final MainFile to;
    private final Deque<String> tables;
    private String next = "";

    MainRewrite(MainFile from, MainFile to) {
        this.from = from;
        this.to = to;
        this.tables = new ArrayDeque<>(from.tables());
        from.derived().forEach(to::markDerived);
    }

    MainFile target() {
        return to;
    }

    /// Copies the next rows.
    ///
    /// @return whether everything is copied
    boolean slice() {
        if (tables.isEmpty()) {
            return true;
        }
        String table = tables.getFirst();
        List<Row> rows = from.scan(table, next, Table.END, SLICE);
        List<StoreBatch.Change> changes = new ArrayList<>();
        rows.forEach(row -> changes.add(StoreBatch.Change.put(table, row)));
        to.apply(changes);
        to.commit();
        if (rows.size() < SLICE) {
            tables.removeFirst();
            next = "";
        } else {
            next = rows.getLast().key() + AFTER;
        }
        return tables.isEmpty();
    }

    /// Makes the new file the one that counts.
    void finish() {
        to.markComplete();
        to.sync();
    }
}
