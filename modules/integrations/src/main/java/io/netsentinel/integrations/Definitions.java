package io.netsentinel.integrations;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The sources or the sinks that were made while the server ran. Every change is told on `audit`
/// first: one nobody was told of does not happen.
final class Definitions {
    private static final int SLICE = 500;
    private static final byte[] YES = {1};

    private final String word;
    private final Store store;
    private final Table made;
    private final Table paused;
    private final Function<Event.Builder, CompletableFuture<Void>> audit;
    private final Clock clock;

    /// @param word `source`, `sink` or `notification`
    /// @param audit where it is told who changed what
    Definitions(
            String word,
            Store store,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            Clock clock) {
        this.word = word;
        this.store = store;
        this.made = store.table("made-" + word + "s");
        this.paused = store.table("paused-" + word + "s");
        this.audit = audit;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    List<Definition> all() {
        List<Definition> all = new ArrayList<>();
        rows(made).forEach(row -> all.add(Definition.of(row.key(), row.value())));
        return all;
    }

    Set<String> paused() {
        Set<String> names = new HashSet<>();
        rows(paused).forEach(row -> names.add(row.key()));
        return names;
    }

    private static List<Row> rows(Table table) {
        List<Row> all = new ArrayList<>();
        List<Row> rows = table.scan("", Table.END, SLICE);
        while (!rows.isEmpty()) {
            all.addAll(rows);
            rows = table.scan(rows.getLast().key() + '\0', Table.END, SLICE);
        }
        return all;
    }

    void put(Definition definition) {
        tell(definition.name(), "made", definition.user(), definition.kind());
        StoreBatch batch = new StoreBatch();
        batch.put(made, definition.name(), definition.toBytes());
        batch.delete(paused, definition.name());
        store.commit(batch).join();
    }

    void remove(Definition definition, String user) {
        tell(definition.name(), "deleted", user, definition.kind());
        StoreBatch batch = new StoreBatch();
        batch.delete(made, definition.name());
        batch.delete(paused, definition.name());
        store.commit(batch).join();
    }

    void pause(String name, boolean pause, String kind, String user) {
        tell(name, pause ? "paused" : "resumed", user, kind);
        StoreBatch batch = new StoreBatch();
        if (pause) {
            batch.put(paused, name, YES);
        } else {
            batch.delete(paused, name);
        }
        store.commit(batch).join();
    }

    private void tell(String name, String what, String user, String kind) {
        Event.Builder told =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .put(Fields.TIMESTAMP, clock.instant())
                        .put(Fields.EVENT_INGESTED, clock.instant())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, "netsentinel." + word)
                        .put(Fields.EVENT_ACTION, word + "-" + what)
                        .put(Fields.USER_NAME, user)
                        .put(Fields.MESSAGE, word + " " + name + " (" + kind + ") was " + what);
        var _ = audit.apply(told).join();
    }
}
