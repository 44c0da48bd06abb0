package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.Registration;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreChange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// Says on the channel `database` which rows of the server's own tables were changed: table, key
/// and kind of change, never what a row holds. Only tables whose keys are no secrets are told of.
public final class DatabaseNotices implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DatabaseNotices.class.getName());

    private static final String INCIDENTS = "incident-rows";

    /// What is told of, and what it is called there.
    private static final Map<String, String> TABLES =
            Map.ofEntries(
                    Map.entry("auth.users", "users"),
                    Map.entry("auth.tokens", "tokens"),
                    Map.entry("house-rules", "rules"),
                    Map.entry(INCIDENTS, "incidents"),
                    Map.entry("made-sources", "sources"),
                    Map.entry("made-sinks", "sinks"),
                    Map.entry("made-notifications", "notifications"),
                    Map.entry("paused-sources", "paused-sources"),
                    Map.entry("paused-sinks", "paused-sinks"),
                    Map.entry("paused-notifications", "paused-notifications"));

    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 500;
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Function<Append, CompletableFuture<Appended>> publish;
    private final Clock clock;
    private final BlockingQueue<StoreChange> changes = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder omitted = new LongAdder();
    private final Stopper stopper = new Stopper();
    private final Registration registration;
    private final Thread thread;

    private DatabaseNotices(
            Store store, Function<Append, CompletableFuture<Appended>> publish, Clock clock) {
        this.publish = publish;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("database-notices").unstarted(this::run);
        this.registration = store.onChange(TABLES.keySet(), this::changed);
        thread.start();
    }

    /// Tells from now on.
    ///
    /// @param publish where the events go
    public static DatabaseNotices start(
            Store store, Function<Append, CompletableFuture<Appended>> publish, Clock clock) {
        return new DatabaseNotices(store, publish, clock);
    }

    private void changed(List<StoreChange> all) {
        for (StoreChange one : all) {
            if (!grows(one) && !changes.offer(one)) {
                omitted.increment();
            }
        }
    }

    /// An incident's row is written with each event that joins it; the channel `incidents` says
    /// what happens to one.
    private static boolean grows(StoreChange change) {
        return change.table().equals(INCIDENTS) && change.kind() == StoreChange.Kind.UPDATED;
    }

    private void run() {
        List<StoreChange> batch = new ArrayList<>();
        while (!stopper.stopping() || !changes.isEmpty()) {
            try {
                StoreChange first = changes.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    changes.drainTo(batch, BATCH - 1);
                    tell(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// The log may be full: then it is offered again until it is taken, or the server stops.
    private void tell(List<StoreChange> batch) {
        long left = omitted.sumThenReset();
        List<Entry> entries = new ArrayList<>();
        for (StoreChange change : batch) {
            entries.add(Entry.of(Channel.DATABASE, event(change, left).toJson()));
            left = 0;
        }
        Append append = new Append(entries, List.of(), Optional.empty());
        do {
            try {
                publish.apply(append).join();
                return;
            } catch (CompletionException e) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "the log does not take notices of changes; they are offered again",
                        e);
            }
        } while (!stopper.await(RETRY));
    }

    private Event event(StoreChange change, long left) {
        String table = TABLES.getOrDefault(change.table(), change.table());
        String kind = change.kind().name().toLowerCase(Locale.ROOT);
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .timestamp(clock.instant())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_CATEGORY, List.of("database"))
                        .put(Fields.EVENT_TYPE, List.of(type(change.kind())))
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, "netsentinel.table")
                        .put(Fields.EVENT_ACTION, kind)
                        .put(
                                Fields.MESSAGE,
                                table + ": " + Visible.characters(change.key()) + " " + kind)
                        .put("ns.table.name", table)
                        .put("ns.table.key", change.key());
        if (left > 0) {
            event.put("ns.gap.count", left);
        }
        return event.build();
    }

    /// ECS's word for it.
    private static String type(StoreChange.Kind kind) {
        return switch (kind) {
            case CREATED -> "creation";
            case UPDATED -> "change";
            case DELETED -> "deletion";
        };
    }

    /// Tells what is known already, for a moment at most.
    @Override
    public void close() {
        registration.close();
        stopper.stop();
        try {
            thread.join(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
