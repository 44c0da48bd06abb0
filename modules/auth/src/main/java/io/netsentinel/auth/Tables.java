package io.netsentinel.auth;

import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Rows of one table as JSON objects. Everything of this module is small and is read once at the
/// start, so the tables are for keeping, not for looking up.
final class Tables {
    private static final System.Logger LOG = System.getLogger(Tables.class.getName());

    private final Store store;
    private final Table table;

    Tables(Store store, String name) {
        this.store = store;
        this.table = store.table(name);
    }

    List<JsonObject> all() {
        return table.scan("", Table.END, Integer.MAX_VALUE).stream()
                .map(row -> parse(row.value()))
                .toList();
    }

    /// Stores a row and waits until it is durable.
    ///
    /// @throws io.netsentinel.queuing.StorageDegradedException when it cannot be
    void put(String key, JsonObject value) {
        try {
            store.commit(new StoreBatch().put(table, key, bytes(value))).join();
        } catch (CompletionException e) {
            throw cause(e);
        }
    }

    /// Stores a row whose loss would only cost somebody another sign-in. A full disk must not keep
    /// people out who are needed to mend it.
    void putSoon(String key, JsonObject value) {
        submit(new StoreBatch().put(table, key, bytes(value)));
    }

    /// Deletes a row, soon.
    void deleteSoon(String key) {
        submit(new StoreBatch().delete(table, key));
    }

    private void submit(StoreBatch batch) {
        var _ =
                store.commit(batch)
                        .exceptionally(e -> {
                            LOG.log(
                                    System.Logger.Level.WARNING,
                                    "a change to {0} is kept in memory only: {1}",
                                    table.name(),
                                    e.getMessage());
                            return null;
                        });
    }

    private static RuntimeException cause(CompletionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : e;
    }

    private static byte[] bytes(JsonObject value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject parse(byte[] value) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(value))) {
            return reader.readObject();
        }
    }
}
