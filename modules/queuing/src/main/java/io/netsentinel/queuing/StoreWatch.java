package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Somebody who is told of changes to some tables.
///
/// @param tables the names of the tables
/// @param listener called on the store's thread
record StoreWatch(Set<String> tables, Consumer<List<StoreChange>> listener) {

    record Row(String table, String key) {}

    /// What is there before a batch, as far as it matters. Must be asked right before the batch is
    /// handed over.
    Map<Row, CompletableFuture<Optional<byte[]>>> before(
            StoreThread thread, List<StoreBatch.Change> changes) {
        Map<Row, CompletableFuture<Optional<byte[]>>> before = new HashMap<>();
        for (StoreBatch.Change change : changes) {
            if (tables.contains(change.table())) {
                before.computeIfAbsent(
                        new Row(change.table(), change.key()),
                        row -> thread.read(file -> file.get(row.table(), row.key())));
            }
        }
        return before;
    }

    /// Tells what is different now that the batch is durable.
    void tell(
            Map<Row, CompletableFuture<Optional<byte[]>>> before, List<StoreBatch.Change> changes) {
        Map<Row, Optional<byte[]>> after = new HashMap<>();
        for (StoreBatch.Change change : changes) {
            after.put(new Row(change.table(), change.key()), change.value());
        }
        List<StoreChange> told = new ArrayList<>();
        before.forEach((row, old) -> {
            // it was asked before the batch, so it is there by now or will never be
            Optional<byte[]> was = old.isCompletedExceptionally() ? Optional.empty() : old.join();
            kind(was, after.getOrDefault(row, Optional.empty()))
                    .ifPresent(kind -> told.add(new StoreChange(row.table(), row.key(), kind)));
        });
        if (!told.isEmpty()) {
            listener.accept(List.copyOf(told));
        }
    }

    private static Optional<StoreChange.Kind> kind(Optional<byte[]> old, Optional<byte[]> fresh) {
        if (old.isEmpty()) {
            return fresh.map(_ -> StoreChange.Kind.CREATED);
        }
        if (fresh.isEmpty()) {
            return Optional.of(StoreChange.Kind.DELETED);
        }
        return Arrays.equals(old.get(), fresh.get())
                ? Optional.empty()
                : Optional.of(StoreChange.Kind.UPDATED);
    }
}
