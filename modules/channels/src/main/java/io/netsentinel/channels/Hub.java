package io.netsentinel.channels;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.ChannelBatch;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.Committed;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import io.netsentinel.queuing.Registration;
import io.netsentinel.tracing.Tracing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// All channels: publishing to them, subscribing to them, reading their past.
///
/// Every method may be called from any thread. `ensure`, `subscribe` and what completes `history`
/// may wait for the log, so call them from virtual threads.
public final class Hub implements AutoCloseable {
    private final EventLog log;
    private final HubSettings settings;
    private final List<Codec> codecs;
    private final LongSupplier clock;
    private final Budget budget;
    private final Tally tally = new Tally();
    private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Tracing tracing;
    private final FanOut fanOut;
    private final Wakeups wakeups = new Wakeups();
    private final HistoryReader history;
    private final Positions positions;
    private final Registration commits;

    private Hub(
            EventLog log,
            HubSettings settings,
            List<Codec> codecs,
            Tracing tracing,
            LongSupplier clock) {
        this.log = log;
        this.settings = settings;
        this.codecs = new ArrayList<>(codecs);
        this.codecs.addFirst(new JsonCodec());
        this.tracing = tracing;
        this.fanOut = new FanOut(tracing);
        this.clock = clock;
        this.budget = new Budget(settings.hotBytes());
        this.history = new HistoryReader(log, clock);
        this.positions = new Positions(log, history);
        this.commits = log.onCommit(this::committed);
        log.states().forEach(this::topic);
        Channel.builtIn().forEach(name -> topic(log.create(name)));
    }

    /// A hub on a log. Creates the built-in channels that are missing.
    ///
    /// @param codecs formats besides `json`; the first one that supports a format makes it
    public static Hub create(EventLog log, HubSettings settings, List<Codec> codecs) {
        return create(log, settings, codecs, Tracing.OFF);
    }

    /// A hub that follows events.
    public static Hub create(
            EventLog log, HubSettings settings, List<Codec> codecs, Tracing tracing) {
        return new Hub(log, settings, codecs, tracing, new SteadyClock());
    }

    /// @param clock milliseconds since 1970, for times to live
    static Hub create(EventLog log, HubSettings settings, List<Codec> codecs, LongSupplier clock) {
        return new Hub(log, settings, codecs, Tracing.OFF, clock);
    }

    /// What follows events, for those they come in and go out by.
    public Tracing tracing() {
        return tracing;
    }

    /// Appends to channels that exist. Completes after the commit; fails as
    /// [EventLog#append(Append)] does, with [UnknownChannelException], or with
    /// [IllegalArgumentException] when a payload is no JSON object.
    public CompletableFuture<Appended> publish(Append append) {
        for (Entry entry : append.entries()) {
            if (!topics.containsKey(entry.channel())) {
                return CompletableFuture.failedFuture(new UnknownChannelException(entry.channel()));
            }
            if (!looksLikeObject(entry.payload())) {
                return CompletableFuture.failedFuture(
                        new IllegalArgumentException("a payload is a JSON object"));
            }
        }
        return log.append(append);
    }

    /// Payloads are put into messages as they are, so the outermost mistake is caught here.
    private static boolean looksLikeObject(byte[] payload) {
        return payload.length >= 2 && payload[0] == '{' && payload[payload.length - 1] == '}';
    }

    /// What comes after a position, for a reader that follows a channel: from memory, where it
    /// nearly always is still and which costs next to nothing, else from the log.
    ///
    /// @param most most records, except that what was committed together in memory stays together
    /// @param bytes most bytes that are read from the log, as for [EventLog#read]
    /// @throws CompletionException when the log cannot be read
    public Stretch next(String channel, long after, int most, int bytes) {
        List<LogRecord> recent = recent(channel, after);
        if (recent.isEmpty()) {
            Page page = log.read(channel, after, most, bytes).join();
            return new Stretch(page.records(), Math.max(after, page.scannedTo()));
        }
        List<LogRecord> records = new ArrayList<>(recent);
        while (!recent.isEmpty() && records.size() < most) {
            recent = recent(channel, records.getLast().offset());
            records.addAll(recent);
        }
        return new Stretch(records, records.getLast().offset());
    }

    /// The events after a position that are in memory, offset after offset, as far as they were
    /// committed together. Empty when they are not in memory (any more).
    private List<LogRecord> recent(String channel, long after) {
        Topic topic = topics.get(channel);
        RawBatch batch = topic == null ? RawBatch.NONE : topic.raw().covering(after);
        return batch == RawBatch.NONE || batch.missing().isPresent()
                ? List.of()
                : batch.records().subList(batch.indexAfter(after), batch.records().size());
    }

    /// A channel, when it exists.
    public Optional<ChannelInfo> channel(String name) {
        return Optional.ofNullable(topics.get(name)).map(this::info);
    }

    /// All channels by name.
    public List<ChannelInfo> channels() {
        return topics.values().stream()
                .map(this::info)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /// A channel, created when it does not exist. Whether somebody may do that is the caller's
    /// matter.
    ///
    /// @throws IllegalArgumentException when the name is not allowed or reserved
    /// @throws ChannelLimitException when there are too many channels
    /// @throws io.netsentinel.queuing.StorageDegradedException when it cannot be written
    public ChannelInfo ensure(String name) {
        Topic known = topics.get(name);
        if (known != null) {
            return info(known);
        }
        Channel.check(name);
        if (topics.size() >= settings.channels()) {
            throw new ChannelLimitException(settings.channels());
        }
        return info(topic(log.create(name)));
    }

    /// Calls a listener with the name of every channel that comes into being from now on. It must
    /// not block.
    public Registration onChannel(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Whether events can be had in a format.
    public boolean supports(String format) {
        return codecs.stream().anyMatch(codec -> codec.supports(format));
    }

    /// Opens a subscription. May wait for the log to find where it begins.
    ///
    /// @param wake called whenever there may be something new; cheap, not blocking
    /// @throws UnknownChannelException when the channel does not exist
    /// @throws IllegalArgumentException when no codec supports the format
    public Subscription subscribe(SubscriptionRequest request, Runnable wake) {
        Topic topic = topics.get(request.channel());
        if (topic == null) {
            throw new UnknownChannelException(request.channel());
        }
        Codec codec =
                codecs.stream()
                        .filter(candidate -> candidate.supports(request.format()))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "there is no format '" + request.format() + "'"));
        int breaks = topic.breaks();
        Start start = positions.resolve(request, state(topic), topic.tail());
        boolean values =
                request.where() instanceof Where.Tail
                        && topic.latest().isPresent()
                        && request.shape().rate() == 0;
        return new Subscription(
                new Subscription.Opening(
                        topic,
                        ViewKey.of(request),
                        codec,
                        values ? lastValues(topic, start) : start,
                        wake,
                        clock,
                        request.shape(),
                        wakeups,
                        values ? start.offset() : 0,
                        breaks));
    }

    /// Opens a subscription that may leave out what it has fallen behind of.
    ///
    /// @param expiry what it may leave out; how far that reaches is found out here
    /// @param wake called whenever there may be something new; cheap, not blocking
    /// @throws UnknownChannelException when the channel does not exist
    /// @throws IllegalArgumentException when no codec supports the format
    public Subscription subscribe(SubscriptionRequest request, Expiry expiry, Runnable wake) {
        long floor = 0;
        if (expiry.ttlMillis() > 0 && expiry.sparesNone()) {
            Instant oldest = Instant.ofEpochMilli(clock.getAsLong() - expiry.ttlMillis());
            floor = log.offsetBefore(request.channel(), oldest).join();
        }
        Subscription opened = subscribe(request, wake);
        opened.expiring(expiry.above(floor));
        return opened;
    }

    /// A new subscriber of a state channel gets the newest event of each key first.
    private static Start lastValues(Topic topic, Start tail) {
        LatestByKey latest = topic.latest().orElseThrow();
        latest.await();
        long oldest = latest.after(tail.first() - 1) - 1;
        return new Start(
                tail.epoch(),
                Math.min(oldest, tail.offset()),
                tail.tail(),
                tail.first(),
                tail.recovery());
    }

    /// Reads stored events.
    ///
    /// @return fails with [UnknownChannelException], or when the log cannot be read
    public CompletableFuture<HistoryPage> history(HistoryRequest request) {
        if (!topics.containsKey(request.channel())) {
            return CompletableFuture.failedFuture(new UnknownChannelException(request.channel()));
        }
        return CompletableFuture.supplyAsync(
                () -> history.read(request), task -> Thread.startVirtualThread(task));
    }

    /// Figures.
    public HubStatistics statistics() {
        int views = 0;
        int subscriptions = 0;
        long delivered = 0;
        for (Topic topic : topics.values()) {
            views += topic.views().size();
            subscriptions += topic.subscribers();
            delivered += topic.delivered();
        }
        return new HubStatistics(
                topics.size(),
                views,
                subscriptions,
                budget.used(),
                tally.pagesRead.sum(),
                tally.encoded.sum(),
                tally.frames.sum(),
                delivered,
                tally.plain.sum(),
                tally.compressed.sum(),
                tally.gone());
    }

    /// Stops following the log. Subscriptions get nothing new.
    @Override
    public void close() {
        commits.close();
        fanOut.close();
        wakeups.close();
    }

    private void committed(Committed committed) {
        for (ChannelBatch batch : committed.batches()) {
            if (tracing.awaits()) {
                batch.records()
                        .forEach(one ->
                                tracing.committed(batch.channel(), one.offset(), one.payload()));
            }
            Topic topic = topics.get(batch.channel());
            if (topic == null) {
                long before = batch.records().getFirst().offset() - 1;
                topic = topic(new ChannelState(batch.channel(), batch.epoch(), 1, before));
            }
            topic.committed(batch);
            fanOut.changed(topic);
        }
    }

    private Topic topic(ChannelState state) {
        String name = state.channel();
        Topic known = topics.get(name);
        if (known != null) {
            return known;
        }
        Topic fresh =
                new Topic(state, settings.policyOf(name), log, new Topic.Memory(budget, tally));
        Topic other = topics.putIfAbsent(name, fresh);
        if (other != null) {
            return other;
        }
        listeners.forEach(listener -> listener.accept(name));
        return fresh;
    }

    private ChannelInfo info(Topic topic) {
        ChannelState state = state(topic);
        return new ChannelInfo(
                topic.name(),
                state.epoch(),
                state.first(),
                state.tail(),
                topic.subscribers(),
                topic.delivered(),
                topic.policy());
    }

    private ChannelState state(Topic topic) {
        return log.state(topic.name()).orElseThrow(() -> new UnknownChannelException(topic.name()));
    }
}
