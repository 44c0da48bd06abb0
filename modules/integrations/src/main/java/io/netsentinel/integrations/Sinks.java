package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Event;
import io.netsentinel.integrations.sink.SinkContext;
import io.netsentinel.integrations.sink.SinkRunner;
import io.netsentinel.integrations.sink.SinkStatus;
import io.netsentinel.integrations.sink.SinkTrial;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.queuing.Committed;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Registration;
import io.netsentinel.transport.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// The sinks, each on a thread of its own: none waits for another, and nothing that comes in waits
/// for any. Those of the configuration, and those that were made while the server ran.
public final class Sinks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sinks.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_MADE = 1_000;

    private final List<SinkSlot> slots = new CopyOnWriteArrayList<>();
    private final Kinds<SinkFactory> kinds = Kinds.sinks();
    private final Definitions definitions;
    private final Limits limits;
    private final String node;
    private final SinkContext context;
    private final ScheduledThreadPoolExecutor timer;
    private final Registration commits;
    private final ReentrantLock changing = new ReentrantLock();
    private boolean closed;

    private Sinks(
            Hub hub,
            EventLog log,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            List<SinkSettings> configured,
            Limits limits) {
        Clock clock = Clock.systemUTC();
        this.limits = limits;
        this.node = Node.id(log.store());
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("sinks-watch").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.context = new SinkContext(log, hub::publish, clock, timer, hub.tracing());
        this.definitions = new Definitions("sink", log.store(), audit, clock);
        try {
            for (SinkSettings one : configured) {
                if (find(one.name()).isPresent()) {
                    throw new IllegalArgumentException("two sinks have the name " + one.name());
                }
                Sink sink = make(one.kind(), Node.in(one.options(), node));
                slots.add(SinkSlot.configured(new SinkRunner(one, sink, context), one));
            }
            definitions.all().forEach(definition -> slots.add(made(definition)));
        } catch (RuntimeException e) {
            timer.shutdownNow();
            throw e;
        }
        slots.forEach(SinkSlot::start);
        this.commits = log.onCommit(this::committed);
    }

    /// Starts all sinks and returns at once. A sink that is new begins with what comes in after
    /// this call.
    ///
    /// @param hub where notices and dead letters go
    /// @param log what is sent
    /// @param settings those of the configuration
    /// @param audit where it is told who changed what
    /// @param limits of those that are made over HTTP
    /// @throws IllegalArgumentException when an option of a sink is wrong, naming it
    public static Sinks start(
            Hub hub,
            EventLog log,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            List<SinkSettings> settings,
            Limits limits) {
        return new Sinks(hub, log, audit, settings, limits);
    }

    private void committed(Committed committed) {
        slots.forEach(slot -> slot.runner().ifPresent(runner -> runner.committed(committed)));
    }

    /// Checks what a configuration says of a sink, without connecting to anything.
    ///
    /// @throws IllegalArgumentException when its kind is unknown or an option is wrong, naming it
    public static void check(SinkSettings settings) {
        make(settings.kind(), settings.options()).close();
    }

    /// Tries sinks of a configuration that nothing runs.
    ///
    /// @param who whose test the record says it is
    public static List<Examined> examine(List<SinkSettings> settings, String who) {
        return settings.stream()
                .map(one -> {
                    Sink sink = make(one.kind(), one.options());
                    return Examined.sink(one.name(), sink.target(), SinkTrial.of(one, sink, who));
                })
                .toList();
    }

    /// Tries all sinks, each between two of its deliveries.
    ///
    /// @param who whose test the record says it is
    public List<Examined> examine(String who) {
        return slots.stream()
                .map(slot -> Examined.sink(slot.name(), slot.status().target(), problem(slot, who)))
                .toList();
    }

    private static Optional<String> problem(SinkSlot slot, String who) {
        if (slot.runner().isEmpty()) {
            return Optional.of(slot.problem());
        }
        try {
            return SinksEndpoint.await(slot.runner().get().test(who));
        } catch (Problem busy) {
            return Optional.of(busy.detail());
        }
    }

    private static Sink make(String kind, Options options) {
        return Kinds.sinks().require(kind).create(options);
    }

    /// What was made once and cannot be any more keeps nobody from starting.
    private SinkSlot made(Definition definition) {
        try {
            if (find(definition.name()).isPresent()) {
                throw new IllegalArgumentException(
                        "the configuration has a sink of this name; give that one another name, or"
                                + " delete this one");
            }
            return runnable(definition);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "sink {0} is not started: {1}",
                    definition.name(),
                    e.getMessage());
            return SinkSlot.broken(definition, String.valueOf(e.getMessage()));
        }
    }

    private SinkSlot runnable(Definition definition) {
        SinkFactory factory = kinds.require(definition.kind());
        kinds.checkLimitable(definition.kind());
        List<Option> known = new ArrayList<>(SinkCommon.OPTIONS);
        known.addAll(factory.options());
        Set<String> own = Made.names(definition.options());
        SinkCommon.OPTIONS.forEach(option -> own.remove(option.name()));
        kinds.checkOptions(definition.kind(), own);
        Options options = GivenOptions.read(definition.name(), known, definition.options(), limits);
        SinkSettings settings = SinkCommon.settings(definition.kind(), options);
        Sink sink = factory.create(Node.in(options, node));
        return SinkSlot.made(new SinkRunner(settings, sink, context), definition);
    }

    /// How all of them are doing.
    public List<SinkOutline> outlines() {
        return slots.stream().map(slot -> SinkOutline.of(slot.status())).toList();
    }

    /// Pauses a sink or lets it go on; what comes meanwhile waits for it.
    ///
    /// @param user who wants it
    /// @return false when there is no such sink, or none that runs
    public boolean pause(String name, boolean pause, String user) {
        Optional<SinkRunner> runner = find(name).flatMap(SinkSlot::runner);
        runner.ifPresent(sink -> {
            var _ = (pause ? sink.pause(user) : sink.resume(user)).join();
        });
        return runner.isPresent();
    }

    /// Sends a test to the target of one, between two of its deliveries.
    ///
    /// @param user whose test the record says it is
    /// @return what is wrong; empty when the target has taken it
    public Optional<String> test(String name, String user) {
        return find(name)
                .map(slot -> problem(slot, user))
                .orElse(Optional.of("there is no sink \"" + name + "\""));
    }

    /// Where a sink is in each of its channels; nothing when there is none of this name, or none
    /// that runs.
    public List<SinkPlace> places(String name) {
        return find(name).map(SinkSlot::status).stream()
                .flatMap(status -> status.places().stream())
                .map(place -> new SinkPlace(place.channel(), place.offset(), place.tail()))
                .toList();
    }

    /// Has a sink send again what it has dealt with; it never goes forward by this.
    ///
    /// @param wish the body of `POST /api/sinks/{name}/rewind`
    /// @param user who wants it
    /// @return where it goes on, by channel
    /// @throws Problem 404 when there is no such sink, 409 when it does not run, 400 when the wish
    ///   is wrong, 503 when the sink is busy for too long
    public Map<String, Long> rewind(String name, ObjectNode wish, String user) {
        SinkSlot slot = require(name);
        SinkRunner sink = slot.runner().orElseThrow(() -> Problem.conflict(slot.problem()));
        return move(sink, "rewind", wish, user);
    }

    /// Has a sink go on somewhere else.
    ///
    /// @param action `skip` or `rewind`
    Map<String, Long> move(SinkRunner sink, String action, ObjectNode wish, String user) {
        SinkMoves moves = new SinkMoves(context.log(), action, wish);
        Map<String, Long> offsets =
                SinksEndpoint.await(sink.move(moves.channel(), moves.move(), action, user));
        if (offsets.isEmpty()) {
            throw Problem.badRequest("the sink reads no channel of this name");
        }
        return offsets;
    }

    /// The one of a name.
    ///
    /// @throws Problem 404 when there is none
    SinkSlot require(String name) {
        return find(name).orElseThrow(() -> Problem.notFound("there is no sink \"" + name + "\""));
    }

    /// All of them, in the order they are configured or were made.
    List<SinkSlot> all() {
        return List.copyOf(slots);
    }

    /// The one of a name; what was made comes first, if there are two.
    Optional<SinkSlot> find(String name) {
        return slots.reversed().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    Kinds<SinkFactory> kinds() {
        return kinds;
    }

    /// Makes a sink and starts it. It is there again after a restart.
    ///
    /// @param options under the names of the configuration, without `name` and `kind`
    /// @throws IllegalArgumentException when an option is wrong, naming it first
    /// @throws NotChangeableException when there is one of that name
    SinkSlot make(String name, String kind, ObjectNode options, String user) {
        return changed(() -> {
            Made.checkName(name);
            find(name)
                    .ifPresent(other -> {
                        throw Made.taken("sink", name, other.definition());
                    });
            if (slots.size() >= MOST_MADE) {
                throw new NotChangeableException("there are " + MOST_MADE + " sinks already");
            }
            Definition definition =
                    new Definition(name, kind, options, user, definitions.clock().instant());
            SinkSlot slot = runnable(definition);
            definitions.put(definition);
            slots.add(slot);
            slot.start();
            // one of this name may have been paused when it was deleted
            if (slot.status().state() == SinkStatus.State.PAUSED) {
                slot.runner()
                        .ifPresent(runner -> {
                            var _ = runner.resume(user);
                        });
            }
            return slot;
        });
    }

    /// Ends a sink that was made and forgets it; how far it was stays, in case one of that name is
    /// made again.
    ///
    /// @throws NotChangeableException when it stands in the configuration
    void delete(SinkSlot slot, String user) {
        changed(() -> {
            Definition definition =
                    slot.definition().orElseThrow(() -> Made.configured("sink", slot.name()));
            definitions.remove(definition, user);
            slots.remove(slot);
            slot.runner().ifPresent(SinkRunner::stop);
            end(List.of(slot));
            return true;
        });
    }

    private <T> T changed(Supplier<T> change) {
        changing.lock();
        try {
            if (closed) {
                throw new NotChangeableException("the server is stopping");
            }
            return change.get();
        } finally {
            changing.unlock();
        }
    }

    /// Stops sending: what is being sent gets two seconds, and is sent again after the next start
    /// when that was too little.
    @Override
    public void close() {
        commits.close();
        changing.lock();
        try {
            closed = true;
        } finally {
            changing.unlock();
        }
        slots.forEach(slot -> slot.runner().ifPresent(SinkRunner::stop));
        end(slots);
        timer.shutdownNow();
    }

    private static void end(List<SinkSlot> slots) {
        List<SinkRunner> runners = slots.stream().flatMap(slot -> slot.runner().stream()).toList();
        long end = System.nanoTime() + PATIENCE.toNanos();
        runners.forEach(runner -> joinUntil(runner, end));
        runners.forEach(SinkRunner::abort);
        long last = System.nanoTime() + PATIENCE.toNanos();
        for (SinkRunner runner : runners) {
            if (!joinUntil(runner, last)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "sink {0} does not end",
                        runner.status().name());
            }
        }
    }

    private static boolean joinUntil(SinkRunner runner, long end) {
        return runner.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
}
