package io.netsentinel.queuing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Removes rows from the main database, which nobody else has open, and writes it into a new file:
/// the old one holds the old bytes. The second copy is written anew as well.
final class StorePurge {

    private static final int SLICE = 1_000;
    private static final String AFTER = "\0";

    private final DataDirectory directory;
    private final PurgeSubject subject;
    private final PurgeScope scope;
    private final MainFiles files;
    private final SortedMap<String, Long> removed = new TreeMap<>();
    private final SortedMap<String, Long> kept = new TreeMap<>();
    private final List<StoreBatch.Change> deletions = new ArrayList<>();
    private boolean projected;

    StorePurge(
            DataDirectory directory,
            PurgeSubject subject,
            PurgeScope scope,
            StorageCondition condition) {
        this.directory = directory;
        this.subject = subject;
        this.scope = scope;
        this.files = new MainFiles(directory.tables(), condition);
    }

    /// Rows to be removed, by table.
    SortedMap<String, Long> removed() {
        return removed;
    }

    /// Rows that name the subject and stay.
    SortedMap<String, Long> kept() {
        return kept;
    }

    /// Whether a row of a projection names the subject.
    boolean projected() {
        return projected;
    }

    /// Counts, and removes nothing.
    void count() {
        Optional<MainFile> found = files.openIntact();
        found.ifPresent(file -> {
            try {
                file.tables().forEach(table -> look(file, table));
            } finally {
                file.abandon();
            }
        });
    }

    /// Removes what there is.
    ///
    /// @param rebuild whether projections have to begin anew whatever their rows are
    /// @return whether they do
    boolean remove(boolean rebuild) throws IOException {
        Optional<MainFile> found = files.openIntact();
        if (found.isEmpty()) {
            return rebuild;
        }
        MainFile file = found.get();
        try {
            file.tables().forEach(table -> look(file, table));
            if (rebuild || projected) {
                scope.projected().forEach(table -> clear(file, table));
                clear(file, ProjectionWorker.POSITIONS);
            }
            file.apply(deletions);
            file.commit();
            rewrite(file);
            return rebuild || projected;
        } finally {
            file.close();
        }
    }

    private void rewrite(MainFile file) throws IOException {
        MainRewrite rewrite = new MainRewrite(file, files.create());
        try (MainFile fresh = rewrite.target()) {
            boolean done = false;
            while (!done) {
                done = rewrite.slice();
            }
            rewrite.finish();
            file.close();
            files.deleteAllBut(fresh.path());
            new StoreBackup(directory.tables()).write(fresh);
        }
    }

    private void look(MainFile file, String table) {
        String[] gone = {""};
        rows(
                file,
                table,
                row -> {
                    if (!gone[0].isEmpty() && row.key().startsWith(gone[0])) {
                        // what belongs to a row follows it and would be nobody's, or another's
                        remove(table, row.key());
                        return;
                    }
                    if (!subject.inRow(row.key(), row.value(), scope.users().contains(table))) {
                        return;
                    }
                    if (scope.projected().contains(table)) {
                        projected = true;
                    } else if (scope.kept().contains(table)) {
                        kept.merge(table, 1L, Long::sum);
                    } else {
                        remove(table, row.key());
                        gone[0] = row.key() + AFTER;
                    }
                });
    }

    private void remove(String table, String key) {
        removed.merge(table, 1L, Long::sum);
        deletions.add(StoreBatch.Change.delete(table, key));
    }

    private void clear(MainFile file, String table) {
        rows(file, table, row -> deletions.add(StoreBatch.Change.delete(table, row.key())));
    }

    private static void rows(MainFile file, String table, java.util.function.Consumer<Row> work) {
        List<Row> rows = file.scan(table, "", Table.END, SLICE);
        while (!rows.isEmpty()) {
            rows.forEach(work);
            rows = file.scan(table, rows.getLast().key() + AFTER, Table.END, SLICE);
        }
    }
}
