package io.netsentinel.integrations.sink;

import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.sink.SinkStatus.ChannelPlace;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.Committed;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.Hole;
import io.netsentinel.queuing.LogClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Runs one sink on a virtual thread of its own: reads its channels from where it is, hands what
/// passes to the sink, and writes down how far it is. The place moves only when the sink's target
/// has what stands before it, and the next batch goes out only when the place is committed; so
/// after any crash at most one batch is sent twice and nothing is left out.
public final class SinkRunner {
    private static final System.Logger LOG = System.getLogger(SinkRunner.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private final SinkSettings settings;
    private final Sink sink;
    private final SinkTally tally;
    private final Places places;
    private final Feed feed;
    private final Shipment shipment;
    private final Notices notices;
    private final Signal events = new Signal();
    private final Signal called = new Signal();
    private final Orders orders = new Orders(this::wake);
    private final Thread thread;

    private int moves;
    private boolean hurry;
    private long written = System.nanoTime();
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile String storeProblem = "";

    /// A sink that does not run yet.
    public SinkRunner(SinkSettings settings, Sink sink, SinkContext context) {
        this.settings = settings;
        this.sink = sink;
        this.tally = new SinkTally(context.clock());
        this.places = new Places(context, settings.name());
        this.feed = new Feed(context.log(), settings, places);
        this.shipment = new Shipment(settings, sink, tally, context);
        this.notices = new Notices(settings, context.clock());
        this.thread = Thread.ofVirtual().name("sink-" + settings.name()).unstarted(this::run);
        // before anything new can come in: a new sink begins here
        feed.settle();
        places.show();
    }

    /// Starts it.
    public void start() {
        thread.start();
    }

    /// Asks it to stop after the attempt it is making.
    public void stop() {
        stopping = true;
        wake();
    }

    /// Ends the attempt it is making.
    public void abort() {
        shipment.abort();
    }

    /// Waits until it has stopped.
    ///
    /// @return whether it has
    public boolean join(Duration patience) {
        try {
            return thread.join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void wake() {
        called.raise();
        events.raise();
    }

    /// The log has something new. Does not block.
    public void committed(Committed committed) {
        if (committed.batches().stream().anyMatch(batch -> feed.reads(batch.channel()))) {
            events.raise();
        }
    }

    private void run() {
        try {
            store(this::begin);
            while (!stopping) {
                guarded();
            }
            store(() -> places.commit(List.of()));
        } finally {
            sink.close();
            ended = true;
        }
    }

    private void begin() {
        places.commit(List.of());
        if (!places.knownWith(feed.configured())) {
            places.describe(feed.configured(), places.paused(), List.of());
        }
    }

    private void guarded() {
        try {
            step();
        } catch (LogClosedException _) {
            stopping = true;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "sink " + settings.name() + " broke and goes on from its last place",
                    e);
            tally.failed("broke and goes on; see the server's log");
            called.await(STORE_RETRY);
        }
    }

    private void step() {
        orders.obey();
        if (places.paused()) {
            called.await(IDLE);
            return;
        }
        Optional<Batch> next = feed.next(settings.pace().records());
        next.ifPresent(this::handle);
        if (next.isEmpty() || next.get().last()) {
            writeNowAndThen();
            events.await(IDLE);
            called.await(settings.pace().linger());
        }
    }

    /// Places behind which nothing was sent are not worth a commit each.
    private void writeNowAndThen() {
        if (places.moved() && System.nanoTime() - written > IDLE.toNanos()) {
            commit(List.of());
        }
    }

    private void handle(Batch batch) {
        tally.filtered.add(batch.filtered());
        declare(batch);
        List<SinkRecord> pending = batch.records();
        int mine = moves;
        while (!pending.isEmpty()) {
            orders.obey();
            if (stopping || moves != mine) {
                return;
            }
            int count = Math.min(shipment.most(), pending.size());
            Shipment.Result result = shipment.attempt(pending.subList(0, count));
            List<SinkRecord> rest = new ArrayList<>(result.again());
            rest.addAll(pending.subList(count, pending.size()));
            pending = rest;
            long to = pending.isEmpty() ? batch.to() : pending.getFirst().offset() - 1;
            places.move(batch.channel(), new Place(batch.epoch(), to));
            commit(notes(result));
            await(result.pause(), mine);
        }
        places.move(batch.channel(), new Place(batch.epoch(), batch.to()));
        places.show();
        writeNowAndThen();
    }

    /// Says what is gone, together with going past it.
    private void declare(Batch batch) {
        if (batch.missing().isEmpty()) {
            return;
        }
        long first =
                batch.records().isEmpty() ? Long.MAX_VALUE : batch.records().getFirst().offset();
        List<Entry> gaps = new ArrayList<>();
        for (Hole hole : batch.missing()) {
            long count = hole.to() - hole.from() + 1;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "sink {0}: {1} events of {2} were gone before they were sent",
                    settings.name(),
                    count,
                    batch.channel());
            tally.missed.add(count);
            gaps.add(notices.gap(batch.channel(), hole));
            if (hole.to() < first) {
                places.move(batch.channel(), new Place(batch.epoch(), hole.to()));
            }
        }
        commit(gaps);
    }

    private List<Entry> notes(Shipment.Result result) {
        List<Entry> notes = new ArrayList<>();
        for (Shipment.Refusal refusal : result.refused()) {
            notices.letter(refusal.record(), refusal.reason()).ifPresent(notes::add);
        }
        if (result.opened()) {
            String reason = tally.lastFailure().map(SinkTally.Failure::reason).orElse("");
            LOG.log(
                    System.Logger.Level.WARNING,
                    "sink {0} does not get through to {1}: {2}",
                    settings.name(),
                    sink.target(),
                    reason);
            notes.add(notices.about("circuit-open", "does not get through: " + reason, ""));
        }
        if (result.closed()) {
            LOG.log(System.Logger.Level.INFO, "sink {0} gets through again", settings.name());
            notes.add(notices.about("circuit-closed", "gets through again", ""));
        }
        return notes;
    }

    private void commit(List<Entry> entries) {
        store(() -> places.commit(entries));
        written = System.nanoTime();
    }

    /// When the log cannot be written to nothing more is sent: what is sent must be written down.
    private void store(Runnable write) {
        while (true) {
            try {
                write.run();
                storeProblem = "";
                return;
            } catch (LogClosedException _) {
                stopping = true;
                return;
            } catch (RuntimeException e) {
                storeProblem = "its place cannot be stored: " + e.getMessage();
                if (stopping) {
                    return;
                }
                called.await(STORE_RETRY);
            }
        }
    }

    private void await(Duration pause, int mine) {
        long end = System.nanoTime() + pause.toNanos();
        hurry = false;
        while (!stopping && !hurry && moves == mine) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            called.await(Duration.ofNanos(left));
            orders.obey();
        }
    }

    // ---- what people want

    /// Stops sending until [#resume(String)], also after a restart.
    public CompletableFuture<Boolean> pause(String who) {
        return orders.give(() -> {
            if (places.paused()) {
                return false;
            }
            moves++;
            Entry notice = notices.about("paused", "was paused", who);
            places.describe(feed.configured(), true, List.of(notice));
            return true;
        });
    }

    /// Goes on sending, at once.
    public CompletableFuture<Boolean> resume(String who) {
        return orders.give(() -> {
            hurry = true;
            if (!places.paused()) {
                return false;
            }
            Entry notice = notices.about("resumed", "goes on", who);
            places.describe(feed.configured(), false, List.of(notice));
            return true;
        });
    }

    /// Goes on somewhere else.
    ///
    /// @param channel only in this one; in all of its channels without
    /// @param action `skip` or `rewind`
    /// @return where it is then, by channel
    public CompletableFuture<Map<String, Long>> move(
            Optional<String> channel, Move move, String action, String who) {
        return orders.give(() -> {
            Map<String, Long> offsets = new TreeMap<>();
            long skipped = 0;
            for (ChannelState state : feed.channels()) {
                if (channel.isPresent() && !channel.get().equals(state.channel())) {
                    continue;
                }
                long before =
                        places.of(state.channel()).map(Place::offset).orElse(state.first() - 1);
                long wanted = move.target(state, before);
                long after = Math.clamp(wanted, state.first() - 1, state.tail());
                places.move(state.channel(), new Place(state.epoch(), after));
                offsets.put(state.channel(), after);
                skipped += Math.max(0, after - before);
            }
            moves++;
            shipment.anew();
            tally.skipped.add(skipped);
            places.commit(List.of(notices.about(action, "goes on at " + offsets, who)));
            return offsets;
        });
    }

    /// Sends one record that says that it is a test.
    ///
    /// @return why the target did not take it; empty when it did
    public CompletableFuture<Optional<String>> test(String who) {
        return orders.give(() -> {
            Optional<String> problem = shipment.test(notices.test(who));
            // when it gets through there is no reason to wait any longer
            hurry = problem.isEmpty();
            return problem;
        });
    }

    /// How it is doing. From any thread.
    public SinkStatus status() {
        List<ChannelPlace> channels = new ArrayList<>();
        for (ChannelState state : feed.channels()) {
            Place place =
                    places.shown(state.channel())
                            .orElseGet(() -> new Place(state.epoch(), state.first() - 1));
            channels.add(
                    new ChannelPlace(state.channel(), place.epoch(), place.offset(), state.tail()));
        }
        Optional<SinkTally.Failure> failure = tally.lastFailure();
        return new SinkStatus(
                settings.name(),
                settings.kind(),
                sink.target(),
                settings.filter().map(Object::toString).orElse(""),
                state(),
                shipment.circuit(),
                channels,
                channels.stream().mapToLong(ChannelPlace::lag).sum(),
                tally.perSecond(),
                tally.sent.sum(),
                tally.bytes.sum(),
                tally.filtered.sum(),
                tally.retried.sum(),
                tally.refused.sum(),
                tally.skipped.sum(),
                tally.missed.sum(),
                shipment.batch(),
                sink.connections(),
                tally.lastSent(),
                storeProblem.isEmpty()
                        ? failure.map(SinkTally.Failure::reason).orElse("")
                        : storeProblem,
                failure.map(SinkTally.Failure::time),
                shipment.nextAttempt());
    }

    private SinkStatus.State state() {
        if (ended || stopping) {
            return SinkStatus.State.STOPPED;
        }
        if (places.paused()) {
            return SinkStatus.State.PAUSED;
        }
        return shipment.failing() || !storeProblem.isEmpty()
                ? SinkStatus.State.RETRYING
                : SinkStatus.State.RUNNING;
    }
}
