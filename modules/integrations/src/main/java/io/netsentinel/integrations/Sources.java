package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Event;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/// The sources, each on a thread of its own: those of the configuration, and those that were made
/// while the server ran.
public final class Sources implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sources.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int MOST_MADE = 1_000;

    private final IngestContext context;
    private final Kinds<SourceFactory> kinds;
    private final Optional<Definitions> definitions;
    private final Limits limits;
    private final List<SourceSlot> slots = new CopyOnWriteArrayList<>();
    private final Posts posts;
    private final String node;
    private final ReentrantLock changing = new ReentrantLock();
    private boolean closed;

    private Sources(IngestContext context, Optional<Definitions> definitions, Limits limits) {
        this.context = context;
        this.kinds = Kinds.sources();
        this.definitions = definitions;
        this.limits = limits;
        this.posts = new Posts(context.clock());
        this.node = Node.id(context.log().store());
    }

    /// Starts all sources and returns at once; a backlog is read in the background.
    ///
    /// @param hub where the events go
    /// @param log where the bookmarks are, and the sources that were made
    /// @param audit where it is told who changed what
    /// @param settings those of the configuration
    /// @param limits of those that are made over HTTP
    /// @param sensors told of every event that is committed
    /// @param rules what is made of alerts before anybody sees them
    /// @param enrichment what is added to events before that
    /// @throws IllegalArgumentException when a name is there twice, an option is wrong or a format
    ///   is unknown
    public static Sources start(
            Hub hub,
            EventLog log,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            List<InputSettings> settings,
            Limits limits,
            Sensors sensors,
            HouseRules rules,
            Enrichment enrichment) {
        Clock clock = Clock.systemUTC();
        IngestContext context =
                IngestContext.of(hub::publish, log, sensors, clock)
                        .with(rules)
                        .with(enrichment)
                        .with(hub.tracing());
        Sources sources =
                new Sources(
                        context,
                        Optional.of(new Definitions("source", log.store(), audit, clock)),
                        limits);
        sources.begin(
                settings.stream()
                        .map(one ->
                                make(
                                        new InputSettings(
                                                one.kind(), Node.in(one.options(), sources.node))))
                        .toList());
        return sources;
    }

    /// Only these.
    static Sources start(IngestContext context, List<Source> configured) {
        Sources sources = new Sources(context, Optional.empty(), Limits.none());
        sources.begin(configured);
        return sources;
    }

    private void begin(List<Source> configured) {
        Map<String, SourceSlot> byName = new HashMap<>();
        for (Source source : configured) {
            SourceSlot slot = SourceSlot.configured(source);
            if (byName.put(slot.name(), slot) != null) {
                throw new IllegalArgumentException("two sources have the name " + source.name());
            }
            slots.add(slot);
        }
        definitions.ifPresent(stored -> stored.all().forEach(one -> slots.add(made(one, byName))));
        Set<String> paused = definitions.map(Definitions::paused).orElse(Set.of());
        slots.forEach(slot -> slot.prepare(context, paused.contains(slot.name())));
        slots.forEach(SourceSlot::start);
    }

    /// What was made once and cannot be any more keeps nobody from starting.
    private SourceSlot made(Definition definition, Map<String, SourceSlot> configured) {
        try {
            if (configured.containsKey(definition.name())) {
                throw new IllegalArgumentException(
                        "the configuration has a source of this name; give that one another name,"
                                + " or delete this one");
            }
            Source source = make(definition);
            if (source.lines()) {
                var _ = context.normalizer(source.format());
            }
            return SourceSlot.made(definition, source);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "source {0} is not started: {1}",
                    definition.name(),
                    e.getMessage());
            return SourceSlot.broken(definition, String.valueOf(e.getMessage()));
        }
    }

    /// Checks what a configuration says of a source, without connecting to anything.
    ///
    /// @throws IllegalArgumentException when its kind is unknown or an option is wrong, naming it
    public static void check(InputSettings settings) {
        Source _ = make(settings);
    }

    /// Looks whether sources of a configuration can be read from, without reading.
    public static List<Examined> examine(List<InputSettings> settings) {
        return settings.stream()
                .map(Sources::make)
                .map(source -> Examined.source(source.name(), source.path(), source.test()))
                .toList();
    }

    /// Looks whether all that are not paused can be read from.
    public List<Examined> examine() {
        return slots.stream()
                .filter(slot -> !slot.paused())
                .map(slot -> Examined.source(slot.name(), slot.status().path(), slot.test()))
                .toList();
    }

    private static Source make(InputSettings settings) {
        return Kinds.sources().require(settings.kind()).create(settings.options());
    }

    private Source make(Definition definition) {
        SourceFactory factory = kinds.require(definition.kind());
        kinds.checkLimitable(definition.kind());
        kinds.checkOptions(definition.kind(), Made.names(definition.options()));
        Options options =
                GivenOptions.read(
                        definition.name(), factory.options(), definition.options(), limits);
        return factory.create(Node.in(options, node));
    }

    /// How all sources are doing: the configured ones, those that were made, then those that post.
    public List<SourceStatus> statuses() {
        return Stream.concat(slots.stream().map(SourceSlot::status), posts.statuses().stream())
                .toList();
    }

    /// Whether this server reads from one, and does not only wait for what is posted.
    public boolean reads(String name) {
        return find(name).isPresent();
    }

    /// Looks whether one can be read from.
    ///
    /// @return what is wrong; empty when it can
    public Optional<String> test(String name) {
        return changeable(name)
                .map(SourceSlot::test)
                .orElse(Optional.of("there is no source \"" + name + "\""));
    }

    List<SourceSlot> slots() {
        return List.copyOf(slots);
    }

    Optional<SourceSlot> find(String name) {
        return slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    Kinds<SourceFactory> kinds() {
        return kinds;
    }

    IngestContext context() {
        return context;
    }

    Posts posts() {
        return posts;
    }

    /// Makes a source and starts it. It is there again after a restart.
    ///
    /// @param options under the names of the configuration, without `name` and `kind`
    /// @throws IllegalArgumentException when an option is wrong, naming it first
    /// @throws NotChangeableException when there is one of that name
    SourceSlot make(String name, String kind, ObjectNode options, String user) {
        return changed(stored -> {
            Made.checkName(name);
            find(name)
                    .ifPresent(other -> {
                        throw Made.taken("source", name, other.definition());
                    });
            if (slots.size() >= MOST_MADE) {
                throw new NotChangeableException("there are " + MOST_MADE + " sources already");
            }
            Definition definition =
                    new Definition(name, kind, options, user, stored.clock().instant());
            Source source = make(definition);
            SourceSlot slot = SourceSlot.made(definition, source);
            slot.prepare(context, false);
            stored.put(definition);
            slots.add(slot);
            slot.start();
            return slot;
        });
    }

    /// Ends a source that was made and forgets it. What it has brought in stays.
    ///
    /// @throws NotChangeableException when it stands in the configuration
    void delete(SourceSlot slot, String user) {
        changed(stored -> {
            Definition definition =
                    slot.definition().orElseThrow(() -> Made.configured("source", slot.name()));
            stored.remove(definition, user);
            slot.stop();
            slots.remove(slot);
            return slot.join(PATIENCE);
        });
    }

    /// The one to change of a name: what was made comes first, if both are there.
    Optional<SourceSlot> changeable(String name) {
        List<SourceSlot> named =
                new ArrayList<>(slots.stream().filter(s -> s.name().equals(name)).toList());
        return named.isEmpty() ? Optional.empty() : Optional.of(named.getLast());
    }

    /// Stops a source until it is resumed, also after a restart.
    ///
    /// @return whether that changed anything
    boolean pause(SourceSlot slot, String user) {
        return changed(stored -> {
            if (slot.paused()) {
                return false;
            }
            stored.pause(slot.name(), true, slot.kind(), user);
            slot.pause(PATIENCE);
            return true;
        });
    }

    /// Goes on with a source that was paused.
    ///
    /// @return whether that changed anything
    boolean resume(SourceSlot slot, String user) {
        return changed(stored -> {
            if (!slot.paused()) {
                return false;
            }
            stored.pause(slot.name(), false, slot.kind(), user);
            slot.resume();
            return true;
        });
    }

    private <T> T changed(Function<Definitions, T> change) {
        Definitions stored =
                definitions.orElseThrow(
                        () -> new IllegalStateException("there is nowhere to keep sources"));
        changing.lock();
        try {
            if (closed) {
                throw new NotChangeableException("the server is stopping");
            }
            return change.apply(stored);
        } finally {
            changing.unlock();
        }
    }

    /// Stops reading and waits until what was read is committed, a few seconds at most.
    @Override
    public void close() {
        slots.forEach(SourceSlot::stop);
        changing.lock();
        try {
            closed = true;
        } finally {
            changing.unlock();
        }
        slots.forEach(SourceSlot::stop);
        slots.forEach(slot -> slot.join(PATIENCE));
    }
}
