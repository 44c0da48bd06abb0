package io.netsentinel.queuing;

import io.netsentinel.events.Channel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The log: every event of every channel, in the order of its commit. All methods may be called
/// from any thread; waiting for a future with `join()` is fine on virtual threads. Work that
/// depends on a future and may block belongs on another thread (`thenApplyAsync`): futures complete
/// on the log's own threads.
public final class EventLog implements AutoCloseable {

    private static final class Rows {
        private final List<LogRecord> records = new ArrayList<>();
    }

    private final Clock clock;
    private final Map<String, Rows> channels = new TreeMap<>();
    private final ConcurrentMap<String, byte[]> bookmarks = new ConcurrentHashMap<>();
    private final ConcurrentMap<IdempotencyKey, Appended> keys = new ConcurrentHashMap<>();
    private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService notifier = Executors.newSingleThreadExecutor();
    private final Store store = new Store();
    private final Projections projections = new Projections(store);
    private final LogSettings settings;

    private EventLog(LogSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        Registration _ = onCommit(projections::committed);
    }

    /// Opens the log in a directory, which is made (mode 0700) when it does not exist.
    ///
    /// @throws DataDirectoryInUseException when another process has it
    /// @throws DataDirectoryException when it cannot be used, with one clear line saying why
    public static EventLog open(Path dataDirectory, LogSettings settings) {
        return open(dataDirectory, settings, Clock.systemUTC());
    }

    /// Opens the log with another clock for commit times.
    public static EventLog open(Path dataDirectory, LogSettings settings, Clock clock) {
        return new EventLog(settings, clock);
    }

    /// Appends as one atomic unit. The future completes after the commit; it fails with
    /// [StorageDegradedException], [QueueFullException] or [LogClosedException], and then nothing
    /// was written. (After a crash of the storage a failed append may still turn out to be written:
    /// repeat it under an [IdempotencyKey] or with the same [Bookmark].)
    public CompletableFuture<Appended> append(Append append) {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        notifier.execute(() -> answer.complete(write(append)));
        return answer;
    }

    private Appended write(Append append) {
        if (append.key().isPresent() && keys.containsKey(append.key().get())) {
            return new Appended(keys.get(append.key().get()).positions(), true);
        }
        Map<String, List<LogRecord>> batches = new LinkedHashMap<>();
        List<Position> positions = new ArrayList<>();
        synchronized (channels) {
            long now = clock.millis();
            for (Entry entry : append.entries()) {
                Rows rows = channels.computeIfAbsent(entry.channel(), _ -> new Rows());
                long offset = rows.records.size() + 1L;
                LogRecord record =
                        new LogRecord(
                                offset,
                                now,
                                entry.priority(),
                                entry.ttlMillis() == 0 ? 0 : now + entry.ttlMillis(),
                                entry.payload());
                rows.records.add(record);
                batches.computeIfAbsent(entry.channel(), _ -> new ArrayList<>()).add(record);
                positions.add(new Position(entry.channel(), "aaaaaaaa", offset, now));
            }
            append.bookmarks().forEach(b -> bookmarks.put(b.source(), b.value()));
        }
        Appended appended = new Appended(positions, false);
        append.key().ifPresent(key -> keys.put(key, appended));
        List<ChannelBatch> list = new ArrayList<>();
        batches.forEach(
                (channel, records) -> list.add(new ChannelBatch(channel, "aaaaaaaa", records)));
        listeners.forEach(listener -> listener.accept(new Committed(list)));
        return appended;
    }

    /// Makes sure that a channel exists. Cheap when it does.
    ///
    /// @throws IllegalArgumentException when the name is not allowed
    /// @throws StorageDegradedException when it would have to be written and cannot
    public ChannelState create(String channel) {
        synchronized (channels) {
            return state(
                    channel, channels.computeIfAbsent(Channel.check(channel), _ -> new Rows()));
        }
    }

    /// A channel's state.
    public Optional<ChannelState> state(String channel) {
        synchronized (channels) {
            return Optional.ofNullable(channels.get(channel)).map(rows -> state(channel, rows));
        }
    }

    /// All channels, by name.
    public List<ChannelState> states() {
        synchronized (channels) {
            return channels.entrySet().stream().map(e -> state(e.getKey(), e.getValue())).toList();
        }
    }

    private static ChannelState state(String channel, Rows rows) {
        return new ChannelState(channel, "aaaaaaaa", 1, rows.records.size());
    }

    /// Reads on from a position, ascending.
    ///
    /// @param channel a channel; reading one that does not exist gives an empty page
    /// @param after the position: the first offset looked at is `after` + 1
    /// @param maxRecords most events in the page; never more than 1,000 are returned
    /// @param maxBytes most payload bytes in the page; one event is returned even when it is larger
    public CompletableFuture<Page> read(String channel, long after, int maxRecords, int maxBytes) {
        synchronized (channels) {
            Rows rows = channels.computeIfAbsent(channel, _ -> new Rows());
            int tail = rows.records.size();
            int from = Math.clamp(after, 0, tail);
            List<LogRecord> page = rows.records.subList(from, Math.min(tail, from + maxRecords));
            return CompletableFuture.completedFuture(
                    new Page(page, (long) from + page.size(), 1, tail, "aaaaaaaa", List.of()));
        }
    }

    /// Reads back from a position, descending.
    ///
    /// @param before the position: the first offset looked at is `before` - 1; `Long.MAX_VALUE` for
    ///   the newest
    public CompletableFuture<Page> readBefore(
            String channel, long before, int maxRecords, int maxBytes) {
        synchronized (channels) {
            Rows rows = channels.computeIfAbsent(channel, _ -> new Rows());
            int to = Math.clamp(before - 1, 0, rows.records.size());
            List<LogRecord> page =
                    rows.records.subList(Math.max(0, to - maxRecords), to).reversed();
            return CompletableFuture.completedFuture(
                    new Page(
                            page,
                            to - page.size() + 1L,
                            1,
                            rows.records.size(),
                            "aaaaaaaa",
                            List.of()));
        }
    }

    /// The greatest offset whose commit time is before a time, so that reading after it begins at
    /// that time. 0 when all events are later.
    public CompletableFuture<Long> offsetBefore(String channel, Instant time) {
        synchronized (channels) {
            Rows rows = channels.computeIfAbsent(channel, _ -> new Rows());
            return CompletableFuture.completedFuture(
                    rows.records.stream().filter(r -> r.time() < time.toEpochMilli()).count());
        }
    }

    /// The committed bookmark of a source.
    public Optional<byte[]> bookmark(String source) {
        return Optional.ofNullable(bookmarks.get(source));
    }

    /// All committed bookmarks by source.
    public Map<String, byte[]> bookmarks() {
        return Map.copyOf(bookmarks);
    }

    /// Whether a position can be resumed: its epoch is the current or an earlier one of the
    /// channel, and the offset is not above what that epoch reached. Says nothing about retention:
    /// compare with [ChannelState#first()].
    public boolean recoverable(String channel, String epoch, long offset) {
        return state(channel)
                .filter(s -> s.epoch().equals(epoch) && offset >= 0 && offset <= s.tail())
                .isPresent();
    }

    /// Calls a listener after every commit, in order, on the log's own notifier thread. It must not
    /// block.
    public Registration onCommit(Consumer<Committed> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Calls a listener whenever the health changes, on one of the log's own threads. It must not
    /// block.
    public Registration onHealth(Consumer<StorageHealth> listener) {
        return () -> {};
    }

    /// Whether the log can be written to.
    public StorageHealth health() {
        return new StorageHealth.Ok();
    }

    /// What was found damaged or changed since the log was opened, oldest first.
    public List<StorageReport> reports() {
        return List.of();
    }

    /// Small tables in the main database.
    public Store store() {
        return store;
    }

    /// What is kept up with the log.
    public Projections projections() {
        return projections;
    }

    /// Figures.
    public LogStatistics statistics() {
        LogStatistics.Latency none =
                new LogStatistics.Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new LogStatistics(
                0, 0, 0, 0, 0, 0, settings.groupDelay().toMillis(), none, none, none, 0, 0, 0, 0);
    }

    /// Writes what is queued, closes the files cleanly and gives the directory free, in at most
    /// about two seconds.
    @Override
    public void close() {
        notifier.shutdown();
    }
}
