package io.netsentinel.detection.incident;

import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A table with changes that are not committed yet.
final class Overlay {
    private static final int PAGE = 500;

    private final Table table;
    private final TreeMap<String, Optional<byte[]>> changes = new TreeMap<>();

    Overlay(Table table) {
        this.table = table;
    }

    Optional<byte[]> get(String key) {
        Optional<byte[]> changed = changes.get(key);
        return changed != null ? changed : table.get(key);
    }

    boolean changed(String key) {
        return changes.containsKey(key);
    }

    void put(String key, byte[] value) {
        changes.put(key, Optional.of(value));
    }

    void delete(String key) {
        changes.put(key, Optional.empty());
    }

    /// All rows whose keys begin with an incident's id and a slash.
    SortedMap<String, byte[]> of(String id) {
        TreeMap<String, byte[]> rows = new TreeMap<>();
        String from = id + "/";
        while (true) {
            var page = table.scan(from, id + "0", PAGE);
            page.forEach(row -> rows.put(row.key(), row.value()));
            if (page.size() < PAGE) {
                break;
            }
            from = page.getLast().key() + "\u0000";
        }
        changes.subMap(id + "/", id + "0")
                .forEach((key, value) ->
                        value.ifPresentOrElse(
                                bytes -> rows.put(key, bytes), () -> rows.remove(key)));
        return rows;
    }

    /// The last key that begins with an incident's id and a slash; `""` when there is none.
    String last(String id) {
        String upper = id + "0";
        String stored = "";
        while (stored.isEmpty()) {
            var page = table.scanReverse(id + "/", upper, 8);
            for (Row row : page) {
                upper = row.key();
                Optional<byte[]> changed = changes.get(row.key());
                if (changed == null || changed.isPresent()) {
                    stored = row.key();
                    break;
                }
            }
            if (page.size() < 8) {
                break;
            }
        }
        String last = stored;
        for (Map.Entry<String, Optional<byte[]>> change :
                changes.subMap(id + "/", true, id + "0", false).descendingMap().entrySet()) {
            if (change.getValue().isPresent()) {
                return change.getKey().compareTo(last) > 0 ? change.getKey() : last;
            }
        }
        return last;
    }

    void writeTo(StoreBatch batch) {
        changes.forEach((key, value) ->
                value.ifPresentOrElse(
                        bytes -> batch.put(table, key, bytes), () -> batch.delete(table, key)));
    }
}
