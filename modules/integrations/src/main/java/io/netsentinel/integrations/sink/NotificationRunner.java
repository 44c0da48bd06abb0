package io.netsentinel.integrations.sink;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.Committed;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.LogClosedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Runs one rule on a virtual thread of its own: reads its channels, keeps count of what it is
/// about, and hands a message to a sink when it is time. The place that is written down stands
/// before the first event nobody was told of; so after any crash what was pending is read again,
/// and at most one message is sent twice.
public final class NotificationRunner {
    private static final System.Logger LOG = System.getLogger(NotificationRunner.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int PAGE = 500;
    private static final long PAGE_BYTES = 1 << 20;

    /// What a message's first record says it is.
    public static final String DATASET = "netsentinel.notification";

    private final NotificationRule rule;
    private final Sink sink;
    private final SinkContext context;
    private final SinkTally tally;
    private final Places places;
    private final Feed feed;
    private final Shipment shipment;
    private final Notices notices;
    private final Pending pending;
    private final Consumer<Instant> sent;
    private final LongAdder messages = new LongAdder();
    private final LongAdder matched = new LongAdder();
    private final Signal events = new Signal();
    private final Signal called = new Signal();
    private final Orders orders = new Orders(this::wake);
    private final Thread thread;
    private long written = System.nanoTime();
    private volatile Optional<Instant> lastSent;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile String storeProblem = "";
    private volatile Shown shown = new Shown(0, Optional.empty(), "");

    private record Shown(long pending, Optional<Instant> next, String held) {}

    /// One that does not run yet. Made for the first time it begins with what comes.
    ///
    /// @param kind of its sink
    /// @param pace of its sink
    /// @param lastSent when the last message was sent, as it was written down
    /// @param sent writes that down
    public NotificationRunner(
            NotificationRule rule,
            String kind,
            SinkSettings.Pace pace,
            Sink sink,
            SinkContext context,
            Optional<Instant> lastSent,
            Consumer<Instant> sent) {
        SinkSettings settings =
                new SinkSettings(
                        rule.name(),
                        kind,
                        rule.channels(),
                        rule.filter(),
                        SinkSettings.Start.END,
                        new SinkSettings.Pace(
                                PAGE,
                                PAGE_BYTES,
                                Duration.ZERO,
                                pace.timeout(),
                                pace.longestRetry()),
                        new io.netsentinel.integrations.spi.Options(rule.name(), Map.of()));
        this.rule = rule;
        this.sink = sink;
        this.context = context;
        this.tally = new SinkTally(context.clock());
        // no sink can have such a name
        this.places = new Places(context, "notify:" + rule.name());
        this.feed = new Feed(context.log(), settings, places);
        this.shipment = new Shipment(settings, sink, tally, context);
        this.notices = new Notices(settings, context.clock());
        this.pending = new Pending(rule);
        this.lastSent = lastSent;
        this.sent = sent;
        this.thread = Thread.ofVirtual().name("notify-" + rule.name()).unstarted(this::run);
        // before anything new can come in: a new one begins here
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
            store(() -> {
                places.commitBehind(Map.of(), List.of());
                if (!places.knownWith(feed.configured())) {
                    places.describe(feed.configured(), false, List.of());
                }
            });
            while (!stopping) {
                guarded();
            }
            store(this::write);
        } finally {
            sink.close();
            ended = true;
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
                    "notification " + rule.name() + " broke and goes on",
                    e);
            tally.failed("broke and goes on; see the server's log");
            called.await(IDLE);
        }
    }

    private void step() {
        orders.obey();
        boolean more = read();
        Instant now = context.clock().instant();
        Optional<Pending.Due> due = pending.due(now, lastSent);
        show(due);
        if (due.isPresent() && !due.get().time().isAfter(now)) {
            if (!more) {
                send();
            }
        } else if (!more) {
            writeNowAndThen();
            events.await(patience(now, due));
        }
    }

    private static Duration patience(Instant now, Optional<Pending.Due> due) {
        Duration left = due.map(one -> Duration.between(now, one.time())).orElse(IDLE);
        return left.compareTo(IDLE) > 0 ? IDLE : left;
    }

    /// @return whether there may be more at once
    private boolean read() {
        Optional<Batch> next = feed.next(PAGE);
        if (next.isEmpty()) {
            pending.expire(context.clock().millis());
            return false;
        }
        Batch batch = next.get();
        batch.missing().forEach(hole -> tally.missed.add(hole.to() - hole.from() + 1));
        if (!batch.missing().isEmpty()) {
            List<Entry> gaps =
                    batch.missing().stream()
                            .map(hole -> notices.gap(batch.channel(), hole))
                            .toList();
            places.move(batch.channel(), new Place(batch.epoch(), batch.to()));
            store(() -> places.commitBehind(pending.behind(), gaps));
        }
        batch.records().forEach(pending::add);
        matched.add(batch.records().size());
        places.move(batch.channel(), new Place(batch.epoch(), batch.to()));
        return true;
    }

    private void show(Optional<Pending.Due> due) {
        String held =
                pending.triggered() || pending.count() == 0
                        ? due.map(Pending.Due::reason).orElse("")
                        : "threshold";
        shown = new Shown(pending.count(), due.map(Pending.Due::time), held);
    }

    private void write() {
        places.commitBehind(pending.behind(), List.of());
        written = System.nanoTime();
    }

    private void writeNowAndThen() {
        if (places.moved() && System.nanoTime() - written > IDLE.toNanos()) {
            store(this::write);
        }
    }

    /// Sends one message, however long that takes; what comes meanwhile waits in the log.
    private void send() {
        List<SinkRecord> rest = message();
        List<Entry> notes = new ArrayList<>();
        boolean refused = false;
        while (!rest.isEmpty()) {
            orders.obey();
            if (stopping) {
                return;
            }
            int most = Math.min(shipment.most(), rest.size());
            Shipment.Result result = shipment.attempt(rest.subList(0, most));
            refused |= !result.refused().isEmpty();
            List<SinkRecord> left = new ArrayList<>(result.again());
            left.addAll(rest.subList(most, rest.size()));
            rest = left;
            note(result, notes);
            await(result.pause());
        }
        if (!refused) {
            messages.increment();
        }
        Instant now = context.clock().instant();
        pending.clear();
        show(Optional.empty());
        store(() -> places.commitBehind(Map.of(), notes));
        lastSent = Optional.of(now);
        store(() -> sent.accept(now));
    }

    private void note(Shipment.Result result, List<Entry> notes) {
        for (Shipment.Refusal refusal : result.refused()) {
            notices.letter(refusal.record(), refusal.reason()).ifPresent(notes::add);
        }
        if (result.opened()) {
            String reason = tally.lastFailure().map(SinkTally.Failure::reason).orElse("");
            LOG.log(
                    System.Logger.Level.WARNING,
                    "notification {0} does not get through to {1}: {2}",
                    rule.name(),
                    sink.target(),
                    reason);
            Entry told = notices.about("circuit-open", "does not get through: " + reason, "");
            store(() -> places.commitBehind(pending.behind(), List.of(told)));
        }
        if (result.closed()) {
            notes.add(notices.about("circuit-closed", "gets through again", ""));
        }
    }

    /// What is said first, and some of the events.
    private List<SinkRecord> message() {
        long now = context.clock().millis();
        long count = pending.count();
        Event summary =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .put(Fields.TIMESTAMP, context.clock().instant())
                        .put(Fields.EVENT_INGESTED, context.clock().instant())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, DATASET)
                        .put(
                                Fields.MESSAGE,
                                "%s: %d %s"
                                        .formatted(
                                                rule.name(),
                                                count,
                                                count == 1 ? "event" : "events"))
                        .put("ns.notification.name", rule.name())
                        .put("ns.notification.count", count)
                        .put("ns.notification.from", pending.first().toString())
                        .put("ns.notification.to", pending.last().toString())
                        .build();
        List<SinkRecord> records = new ArrayList<>();
        records.add(new SinkRecord(Channel.SIEM, "notify", now, now, summary.toJson()));
        records.addAll(pending.samples());
        return records;
    }

    /// While the log cannot be written to, nothing more is sent.
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
                called.await(IDLE);
            }
        }
    }

    private void await(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
            called.await(Duration.ofNanos(left));
            orders.obey();
        }
    }

    /// Sends one record that says that it is a test, at once.
    ///
    /// @return why the target did not take it; empty when it did
    public CompletableFuture<Optional<String>> test(String who) {
        return orders.give(() -> shipment.test(notices.test(who)));
    }

    /// How it is doing. From any thread.
    public NotificationStatus status() {
        Shown now = shown;
        Optional<SinkTally.Failure> failure = tally.lastFailure();
        String error =
                storeProblem.isEmpty()
                        ? failure.map(SinkTally.Failure::reason).orElse("")
                        : storeProblem;
        return new NotificationStatus(
                sink.target(),
                state(now),
                matched.sum(),
                now.pending(),
                shipment.nextAttempt().or(now::next),
                now.held(),
                messages.sum(),
                tally.refused.sum(),
                tally.missed.sum(),
                lag(),
                lastSent,
                error,
                failure.map(SinkTally.Failure::time));
    }

    private String state(Shown now) {
        if (ended || stopping) {
            return "stopped";
        }
        if (shipment.failing() || !storeProblem.isEmpty()) {
            return "retrying";
        }
        return now.pending() > 0 ? "holding" : "waiting";
    }

    private long lag() {
        long lag = 0;
        for (ChannelState state : feed.channels()) {
            long offset =
                    places.shown(state.channel()).map(Place::offset).orElse(state.first() - 1);
            lag += Math.max(0, state.tail() - offset);
        }
        return lag;
    }
}
