package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes to tables that are committed as one. Later changes to a key win. Not safe for use by
/// several threads.
public final class StoreBatch {

    /// @param value empty to remove the key
    record Change(String table, String key, Optional<byte[]> value) {

        static Change put(String table, Row row) {
            return new Change(table, row.key(), Optional.of(row.value()));
        }

        static Change delete(String table, String key) {
            return new Change(table, key, Optional.empty());
        }
    }

    private final List<Change> changes = new ArrayList<>();

    /// An empty batch.
    public StoreBatch() {}

    /// Sets the value of a key.
    ///
    /// @param key 1 to 1,024 characters
    /// @param value at most 1 MiB; not copied, so never change it
    /// @throws IllegalArgumentException when a size is out of its range
    public StoreBatch put(Table table, String key, byte[] value) {
        Table.check(key, value);
        changes.add(new Change(table.name(), key, Optional.of(value)));
        return this;
    }

    /// Removes a key; nothing happens when it is not there.
    public StoreBatch delete(Table table, String key) {
        changes.add(new Change(table.name(), key, Optional.empty()));
        return this;
    }

    /// How many changes it holds.
    public int size() {
        return changes.size();
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }
}
