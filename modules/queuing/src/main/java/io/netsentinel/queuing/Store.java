package io.netsentinel.queuing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Small named ordered tables in the main database. Writes are batched: a commit reaches the disk
/// within about 100 ms, and a read sees every batch submitted before it.
///
/// A table belongs either to one [Projection], which can make it again from the log, or to whoever
/// writes it directly; of the latter a second copy is kept (see docs/data-directory.md).
public final class Store {

    private final StoreThread thread;

    private Store(StoreThread thread) {
        this.thread = thread;
    }

    static Store open(DataDirectory directory, StorageCondition condition) {
        return new Store(new StoreThread(directory, condition));
    }

    /// The table of that name; it comes into being with its first row.
    ///
    /// @param name `[a-z0-9._-]{1,64}`
    /// @throws IllegalArgumentException when the name is not allowed
    public Table table(String name) {
        return new Table(Table.checkName(name), this);
    }

    /// Applies a batch as one. Reads submitted after this call see it. The future completes after
    /// the durable commit. It fails with [StorageDegradedException] while nothing can be written; a
    /// batch that was applied before that was noticed stays visible and is written when writing
    /// works again.
    public CompletableFuture<Void> commit(StoreBatch batch) {
        return thread.commit(batch.changes(), false);
    }

    /// A projection's batch: its tables can be made again from the log.
    CompletableFuture<Void> commitDerived(List<StoreBatch.Change> changes) {
        return thread.commit(changes, true);
    }

    /// Waits until everything submitted is durable.
    ///
    /// @throws StorageDegradedException when it cannot be written
    public void flush() {
        join(thread.flush());
    }

    Optional<byte[]> get(String table, String key) {
        return read(file -> file.get(table, key));
    }

    Map<String, byte[]> getAll(String table, Collection<String> keys) {
        return keys.isEmpty() ? Map.of() : read(file -> file.getAll(table, keys));
    }

    List<Row> scan(String table, String from, String to, int limit) {
        return read(file -> file.scan(table, from, to, limit));
    }

    List<Row> scanReverse(String table, String from, String to, int limit) {
        return read(file -> file.scanReverse(table, from, to, limit));
    }

    private <T> T read(Function<MainFile, T> read) {
        return join(thread.read(read));
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Calls back when the database was damaged and begun anew, so that projections start over.
    void onRebuilt(Runnable listener) {
        thread.onRebuilt(listener);
    }

    void close() {
        thread.close();
    }
}
