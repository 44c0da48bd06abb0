package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Event;
import io.netsentinel.integrations.sink.NotificationRule;
import io.netsentinel.integrations.sink.NotificationRunner;
import io.netsentinel.integrations.sink.SinkContext;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.queuing.Committed;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Registration;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The notifications: rules that say when somebody is told of events, each with a sink of its own
/// that does the telling. Those of the configuration, and those that were made while the server
/// ran.
public final class Notifications implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Notifications.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST = 200;

    private final List<NotificationSlot> slots = new CopyOnWriteArrayList<>();
    private final Kinds<SinkFactory> kinds = Kinds.sinks();
    private final Definitions definitions;
    private final Store store;
    private final Table sent;
    private final Limits limits;
    private final SinkContext context;
    private final ScheduledThreadPoolExecutor timer;
    private final Registration commits;
    private final ReentrantLock changing = new ReentrantLock();
    private boolean closed;

    private Notifications(
            Hub hub,
            EventLog log,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            List<InputSettings> configured,
            Limits limits) {
        Clock clock = Clock.systemUTC();
        this.limits = limits;
        this.store = log.store();
        this.sent = store.table("sent-notifications");
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("notifications-watch").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.context = new SinkContext(log, hub::publish, clock, timer, hub.tracing());
        this.definitions = new Definitions("notification", store, audit, clock);
        try {
            for (InputSettings one : configured) {
                slots.add(
                        new NotificationSlot(
                                one.name(),
                                one.kind(),
                                Optional.empty(),
                                Optional.of(runner(one)),
                                ""));
            }
            definitions.all().forEach(definition -> slots.add(made(definition)));
        } catch (RuntimeException e) {
            timer.shutdownNow();
            throw e;
        }
        slots.forEach(NotificationSlot::start);
        this.commits = log.onCommit(this::committed);
    }

    /// Starts all of them.
    ///
    /// @param hub where notices and dead letters go
    /// @param log what is looked at
    /// @param configured those of the configuration, each with the kind of its sink
    /// @param audit where it is told who changed what
    /// @param limits of those that are made over HTTP
    /// @throws IllegalArgumentException when an option of one is wrong, naming it
    public static Notifications start(
            Hub hub,
            EventLog log,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            List<InputSettings> configured,
            Limits limits) {
        return new Notifications(hub, log, audit, configured, limits);
    }

    /// What can be said of every one of them, besides what can be said of its sink.
    public static List<Option> options() {
        return NotificationCommon.OPTIONS;
    }

    /// Checks what a configuration says of one, without connecting to anything.
    ///
    /// @throws IllegalArgumentException when its kind is unknown or an option is wrong, naming it
    public static void check(InputSettings settings) {
        Kinds<SinkFactory> kinds = Kinds.sinks();
        Set<String> own = new TreeSet<>(settings.options().keys());
        options().forEach(option -> own.remove(option.name()));
        kinds.checkOptions(settings.kind(), own);
        NotificationRule _ = NotificationCommon.rule(settings.options());
        kinds.require(settings.kind()).create(settings.options()).close();
    }

    private void committed(Committed committed) {
        slots.forEach(slot -> slot.runner().ifPresent(runner -> runner.committed(committed)));
    }

    private NotificationRunner runner(InputSettings settings) {
        NotificationRule rule = NotificationCommon.rule(settings.options());
        Sink sink = kinds.require(settings.kind()).create(settings.options());
        return new NotificationRunner(
                rule,
                settings.kind(),
                NotificationCommon.pace(settings.options()),
                sink,
                context,
                lastSent(rule.name()),
                time -> store(rule.name(), time));
    }

    private Optional<Instant> lastSent(String name) {
        return sent.get(name)
                .map(bytes -> Instant.parse(new String(bytes, StandardCharsets.UTF_8)));
    }

    private void store(String name, Instant time) {
        StoreBatch batch = new StoreBatch();
        batch.put(sent, name, time.toString().getBytes(StandardCharsets.UTF_8));
        store.commit(batch).join();
    }

    /// What was made once and cannot be any more keeps nobody from starting.
    private NotificationSlot made(Definition definition) {
        try {
            if (find(definition.name()).isPresent()) {
                throw new IllegalArgumentException(
                        "the configuration has a notification of this name; give that one another"
                                + " name, or delete this one");
            }
            return runnable(definition);
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "notification {0} is not started: {1}",
                    definition.name(),
                    problem);
            return new NotificationSlot(
                    definition.name(),
                    definition.kind(),
                    Optional.of(definition),
                    Optional.empty(),
                    problem);
        }
    }

    private NotificationSlot runnable(Definition definition) {
        kinds.checkLimitable(definition.kind());
        Set<String> own = Made.names(definition.options());
        options().forEach(option -> own.remove(option.name()));
        kinds.checkOptions(definition.kind(), own);
        Options options =
                GivenOptions.read(
                        definition.name(), known(definition.kind()), definition.options(), limits);
        return new NotificationSlot(
                definition.name(),
                definition.kind(),
                Optional.of(definition),
                Optional.of(runner(new InputSettings(definition.kind(), options))),
                "");
    }

    /// All options of one with a sink of that kind.
    List<Option> known(String kind) {
        List<Option> known = new ArrayList<>(options());
        known.addAll(kinds.optionsOf(kind));
        return known;
    }

    /// All of them at a glance.
    public List<NotificationOutline> outlines() {
        return slots.stream().map(NotificationSlot::outline).toList();
    }

    /// Sends a test message to the target of one.
    ///
    /// @param user who wants it
    /// @return what is wrong; empty when the target has taken it
    public Optional<String> test(String name, String user) {
        Optional<NotificationSlot> slot = find(name);
        if (slot.isEmpty()) {
            return Optional.of("there is no notification \"" + name + "\"");
        }
        Optional<NotificationRunner> runner = slot.get().runner();
        return runner.isEmpty()
                ? Optional.of(slot.get().problem())
                : SinksEndpoint.await(runner.get().test(user));
    }

    List<NotificationSlot> all() {
        return List.copyOf(slots);
    }

    /// The one of a name; what was made comes first, if there are two.
    Optional<NotificationSlot> find(String name) {
        return slots.reversed().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    /// Makes one and starts it. It is there again after a restart.
    ///
    /// @param options under the names of the configuration, without `name` and `kind`
    /// @throws IllegalArgumentException when an option is wrong, naming it first
    /// @throws NotChangeableException when there is one of that name
    NotificationSlot make(String name, String kind, ObjectNode options, String user) {
        changing.lock();
        try {
            checkOpen();
            Made.checkName(name);
            find(name)
                    .ifPresent(other -> {
                        throw Made.taken("notification", name, other.definition());
                    });
            if (slots.size() >= MOST) {
                throw new NotChangeableException("there are " + MOST + " notifications already");
            }
            Definition definition =
                    new Definition(name, kind, options, user, definitions.clock().instant());
            NotificationSlot slot = runnable(definition);
            definitions.put(definition);
            slots.add(slot);
            slot.start();
            return slot;
        } finally {
            changing.unlock();
        }
    }

    /// Ends one that was made and forgets it; what it had pending is not told any more.
    ///
    /// @throws NotChangeableException when it stands in the configuration
    void delete(NotificationSlot slot, String user) {
        changing.lock();
        try {
            checkOpen();
            Definition definition =
                    slot.definition()
                            .orElseThrow(() -> Made.configured("notification", slot.name()));
            definitions.remove(definition, user);
            slots.remove(slot);
            slot.runner().ifPresent(NotificationRunner::stop);
            end(List.of(slot));
        } finally {
            changing.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new NotChangeableException("the server is stopping");
        }
    }

    /// Stops; what is pending is told after the next start.
    @Override
    public void close() {
        commits.close();
        changing.lock();
        try {
            closed = true;
        } finally {
            changing.unlock();
        }
        slots.forEach(slot -> slot.runner().ifPresent(NotificationRunner::stop));
        end(slots);
        timer.shutdownNow();
    }

    private static void end(List<NotificationSlot> slots) {
        List<NotificationRunner> runners =
                slots.stream().flatMap(slot -> slot.runner().stream()).toList();
        if (!runners.stream().allMatch(runner -> runner.join(PATIENCE))) {
            runners.forEach(NotificationRunner::abort);
            runners.forEach(runner -> {
                if (!runner.join(PATIENCE)) {
                    LOG.log(System.Logger.Level.WARNING, "a notification does not end");
                }
            });
        }
    }
}
