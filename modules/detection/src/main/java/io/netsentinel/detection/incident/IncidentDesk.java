package io.netsentinel.detection.incident;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentAction;
import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Bookmark;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogClosedException;
import io.netsentinel.queuing.Registration;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Decides everything about incidents one after another on its own thread, what correlation finds
/// and what people do, each on top of what the tables say after the one before. So of two people
/// who act at once one is first and the other is told.
public final class IncidentDesk implements AutoCloseable {
    /// Evidence that comes one by one is gathered this long: at most seven updates a second.
    private static final long PACE_MS = 150;

    private static final long RETRY_MS = 1_000;

    /// So much may have to be read again after a stop, when nothing of it led to an incident.
    private static final int UNMARKED = 2_000;

    private static final System.Logger LOG = System.getLogger("io.netsentinel.detection");

    private final EventLog log;
    private final Hub hub;
    private final Clock clock;
    private final IncidentTables tables;
    private final IncidentSettings settings;
    private final JoinKeys join;
    private final Reading reading;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("incidents").daemon().factory());
    private final Registration commits;

    // only on the thread
    private Position position = new Position();
    private Correlator correlator;
    private boolean ready;
    private int unmarked;
    private volatile boolean closed;
    private volatile long lookedAt = System.nanoTime();

    private IncidentDesk(
            EventLog log, Hub hub, Clock clock, IncidentSettings settings, IncidentTables tables) {
        this.log = log;
        this.hub = hub;
        this.clock = clock;
        this.tables = tables;
        this.settings = settings;
        this.join = new JoinKeys(settings.sharedHosts());
        this.reading = new Reading(log, hub, join);
        this.correlator = new Correlator(settings, new Waiting());
        this.commits =
                log.onCommit(committed -> {
                    if (committed.batches().stream()
                            .anyMatch(batch -> Reading.CHANNELS.contains(batch.channel()))) {
                        wake(pause());
                    }
                });
    }

    /// The names of the tables behind incidents.
    public static Set<String> tableNames() {
        return IncidentTables.NAMES;
    }

    /// Registers the projection with the log and starts to read.
    public static IncidentDesk open(EventLog log, Hub hub, Clock clock, IncidentSettings settings) {
        IncidentTables tables = IncidentTables.of(log.store());
        log.projections()
                .register(
                        new IncidentProjection(
                                tables,
                                () ->
                                        log.state(Channel.INCIDENTS)
                                                .map(ChannelState::first)
                                                .orElse(1L)));
        IncidentDesk desk = new IncidentDesk(log, hub, clock, settings, tables);
        desk.wake(0);
        return desk;
    }

    IncidentTables tables() {
        return tables;
    }

    private void wake(long delay) {
        if (!closed && due.compareAndSet(false, true)) {
            try {
                var _ = thread.schedule(this::tick, delay, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException _) {
                // closed meanwhile
            }
        }
    }

    /// What comes after a calm while is looked at once.
    private long pause() {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lookedAt);
        return Math.clamp(PACE_MS - since, 0, PACE_MS);
    }

    private void tick() {
        due.set(false);
        lookedAt = System.nanoTime();
        if (closed) {
            return;
        }
        try {
            if (!ready) {
                recover();
            }
            step();
            if (reading.more(position)) {
                wake(0);
            }
        } catch (LogClosedException _) {
            closed = true;
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "incidents: the same evidence is tried again",
                        e);
                // what is in memory may be ahead of what was written
                ready = false;
                wake(RETRY_MS);
            }
        }
    }

    private void recover() {
        long tail = log.state(Channel.INCIDENTS).map(ChannelState::tail).orElse(0L);
        log.projections().awaitApplied(IncidentProjection.NAME, Channel.INCIDENTS, tail).join();
        position = Position.stored(log, Reading.CHANNELS);
        Waiting waiting = new Waiting();
        reading.before(position, waiting, tables);
        correlator = new Correlator(settings, waiting);
        unmarked = 0;
        ready = true;
    }

    private void step() {
        List<Evidence> evidence = reading.next(position);
        Instant now = clock.instant();
        Batch batch = correlator.run(evidence, new StoredKnown(tables), now);
        List<Entry> entries = new ArrayList<>();
        batch.changed().forEach(draft -> entries.addAll(IncidentEvents.of(draft, now)));
        batch.merges()
                .forEach((gone, into) ->
                        tables.row(gone)
                                .ifPresent(kept ->
                                        entries.add(
                                                People.absorbed(kept.incident(), into, "", now))));
        unmarked += evidence.size();
        if (!entries.isEmpty() || unmarked >= UNMARKED) {
            publish(entries, List.of(new Bookmark(Position.SOURCE, position.bytes(log))));
            unmarked = 0;
        }
    }

    private void publish(List<Entry> entries, List<Bookmark> bookmarks) {
        hub.publish(new Append(entries, bookmarks, Optional.empty())).join().positions().stream()
                .mapToLong(io.netsentinel.queuing.Position::offset)
                .max()
                .ifPresent(last ->
                        log.projections()
                                .awaitApplied(IncidentProjection.NAME, Channel.INCIDENTS, last)
                                .join());
    }

    /// What somebody does to an incident. Returns when it is committed and in the tables.
    ///
    /// @return the incident after it; empty when there is none of that id that this person may see
    /// @throws io.netsentinel.detection.IncidentConflict when somebody was first
    /// @throws IllegalArgumentException when it makes no sense; the message says why
    public Optional<Incident> change(
            Identity who, String id, IncidentAction action, String note, OptionalInt version) {
        return await(() -> decide(who, id, action, note, version));
    }

    /// Opens an incident of these alerts. Returns when it is committed and in the tables.
    ///
    /// @throws io.netsentinel.detection.IncidentConflict when one is in an open incident already
    public Incident open(Identity who, List<Event> alerts, String note) {
        return await(() -> {
            if (!ready) {
                recover();
            }
            Splitter splitter = new Splitter(join, settings.window().toMillis());
            Opening.Opened opened =
                    new Opening(tables, join, splitter, correlator)
                            .open(alerts, who.user(), note, clock.instant());
            publishOrRecover(List.of(opened.entry()));
            return tables.row(opened.incident().id()).map(Kept::incident).orElseThrow();
        });
    }

    private <T> T await(Supplier<T> decision) {
        try {
            return CompletableFuture.supplyAsync(decision, thread).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void publishOrRecover(List<Entry> entries) {
        try {
            publish(entries, List.of());
        } catch (CompletionException e) {
            ready = false;
            throw e;
        }
    }

    private Optional<Incident> decide(
            Identity who, String id, IncidentAction action, String note, OptionalInt version) {
        if (!ready) {
            recover();
        }
        IncidentView view = new IncidentView(tables);
        Optional<Kept> kept = view.visible(who, id);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        People people =
                new People(tables, new Splitter(join, settings.window().toMillis()), correlator);
        People.Request request = new People.Request(who.user(), kept.get(), action, note, version);
        publishOrRecover(
                people.decide(request, other -> view.visible(who, other), clock.instant()));
        return tables.row(id).map(Kept::incident);
    }

    /// What of it this identity may look at.
    public IncidentView view() {
        return new IncidentView(tables);
    }

    @Override
    public void close() {
        closed = true;
        commits.close();
        thread.shutdown();
    }
}
