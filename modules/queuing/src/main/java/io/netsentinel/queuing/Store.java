package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// Small named ordered tables in the main database. Writes are batched: a commit reaches the disk
/// within about 100 ms, and a read sees every batch submitted before it.
///
/// A table belongs either to one [Projection], which can make it again from the log, or to whoever
/// writes it directly; of the latter a second copy is kept (see docs/data-directory.md).
public final class Store {

    private final StoreThread thread;
    private final List<StoreWatch> watches = new CopyOnWriteArrayList<>();

    private Store(StoreThread thread) {
        this.thread = thread;
    }

    static Store open(DataDirectory directory, StorageCondition condition, Durability durability) {
        return new Store(new StoreThread(directory, condition, durability));
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
        return watched(batch.changes(), false);
    }

    /// Calls a listener after every durable change of a row of these tables, on the store's own
    /// thread. It must not block, and must not ask the store.
    ///
    /// @param tables their names; of others nothing is told
    public Registration onChange(Set<String> tables, Consumer<List<StoreChange>> listener) {
        StoreWatch watch = new StoreWatch(Set.copyOf(tables), listener);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    StoreThread thread() {
        return thread;
    }

    private CompletableFuture<Void> watched(List<StoreBatch.Change> changes, boolean derived) {
        List<Runnable> news = new ArrayList<>();
        for (StoreWatch watch : watches) {
            if (changes.stream().anyMatch(change -> watch.tables().contains(change.table()))) {
                var before = watch.before(thread, changes);
                news.add(() -> watch.tell(before, changes));
            }
        }
        CompletableFuture<Void> done = thread.commit(changes, derived);
        return news.isEmpty() ? done : done.thenRun(() -> news.forEach(Runnable::run));
    }

    /// Applies a batch like [#commit(StoreBatch)] to tables of which no second copy is kept: for
    /// what is much, changes all the time, and nobody is lost without when the main database is
    /// damaged.
    public CompletableFuture<Void> commitWithoutCopy(StoreBatch batch) {
        return commitDerived(batch.changes());
    }

    /// A batch for tables of which no second copy is kept: a projection's, which can be made again
    /// from the log, or direct messages, which are too many.
    CompletableFuture<Void> commitDerived(List<StoreBatch.Change> changes) {
        return watched(changes, true);
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

    /// Values of several keys without waiting; what is not there is missing.
    CompletableFuture<Map<String, byte[]>> getLater(String table, List<String> keys) {
        return thread.read(file -> {
            Map<String, byte[]> found = new HashMap<>();
            keys.forEach(key -> file.get(table, key).ifPresent(value -> found.put(key, value)));
            return found;
        });
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
