package io.netsentinel.queuing;

import io.netsentinel.events.Channel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The log: every event of every channel, in the order of its commit, and the main database beside
/// it.
///
/// All methods may be called from any thread; waiting for a future with `join()` is fine on virtual
/// threads. Futures are completed by the log's own threads: work that depends on one and may block
/// belongs elsewhere (`thenApplyAsync`).
public final class EventLog implements AutoCloseable {

    private final LogContext log;
    private final AppendQueue queue;
    private final Notifier notifier;
    private final LogWriter writer;
    private final Readers readers;
    private final PageReader pages;
    private final Retention retention;
    private final Store store;
    private final Projections projections;
    private final LogBackup backup;
    private boolean closed;

    private EventLog(LogContext log, LogOpening.Opened opened, Store store) {
        this.log = log;
        this.store = store;
        this.queue = new AppendQueue(log.settings());
        this.notifier = new Notifier(log.counters());
        this.writer = new LogWriter(log, opened.marks(), opened.active(), queue, notifier);
        this.readers = new Readers(log.counters());
        this.pages = new PageReader(log.segments(), new RangeReader(log.condition()));
        this.retention = new Retention(log, pages);
        this.projections = new Projections(this, store, log);
        this.backup = new LogBackup(log, store.thread(), retention, writer);
    }

    /// Opens the log in a directory, which is made (mode 0700) when it does not exist.
    ///
    /// @throws DataDirectoryInUseException when another process has it
    /// @throws DataDirectoryException when it cannot be used, with one clear line saying why
    public static EventLog open(Path dataDirectory, LogSettings settings) {
        return open(dataDirectory, settings, Clock.systemUTC());
    }

    /// Opens the log with another clock for commit times.
    ///
    /// @throws DataDirectoryInUseException when another process has it
    /// @throws DataDirectoryException when it cannot be used, with one clear line saying why
    public static EventLog open(Path dataDirectory, LogSettings settings, Clock clock) {
        return open(dataDirectory, settings, LogClock.of(clock), clock);
    }

    static EventLog open(Path dataDirectory, LogSettings settings, LogClock clock, Clock wall) {
        DataDirectory directory = DataDirectory.open(dataDirectory);
        try {
            StorageCondition condition = new StorageCondition(wall);
            EventLog opened =
                    OwnThreads.call(
                            "log-opening", () -> open(directory, settings, clock, condition));
            opened.start();
            return opened;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static EventLog open(
            DataDirectory directory,
            LogSettings settings,
            LogClock clock,
            StorageCondition condition)
            throws Exception {
        long highest = SegmentFile.highestNumber(directory.segments());
        LogContext log =
                new LogContext(
                        settings,
                        directory,
                        clock,
                        condition,
                        new Counters(),
                        new ChannelTable(),
                        new Bookmarks(),
                        new SegmentSet(highest, directory.password(highest == 0)));
        LogOpening.Opened opened = new LogOpening(log).open();
        try {
            return new EventLog(
                    log, opened, Store.open(directory, condition, settings.durability()));
        } catch (RuntimeException e) {
            opened.active().segment().reset();
            opened.marks().close();
            throw e;
        }
    }

    private void start() {
        writer.start();
        retention.start();
        projections.start();
    }

    /// Appends as one atomic unit. The future completes after the commit; it fails with
    /// [StorageDegradedException], [QueueFullException] or [LogClosedException], and then nothing
    /// was written. Only when the storage itself failed in the middle of a commit may a failed
    /// append turn out to be written: repeating it under its [IdempotencyKey] or with the same
    /// [Bookmark] keeps it single.
    public CompletableFuture<Appended> append(Append append) {
        return submit(Pending.of(append));
    }

    private CompletableFuture<Appended> submit(Pending pending) {
        if (log.condition().degraded()) {
            return refuse(log.condition().refusal());
        }
        return switch (queue.offer(pending)) {
            case TAKEN -> pending.answer();
            case FULL ->
                    refuse(
                            new QueueFullException(
                                    "queue full: "
                                            + log.settings().queueEvents()
                                            + " events or "
                                            + log.settings().queueBytes()
                                            + " bytes are waiting for their commit"));
            case CLOSED -> CompletableFuture.failedFuture(new LogClosedException());
        };
    }

    private CompletableFuture<Appended> refuse(RuntimeException reason) {
        log.counters().refused.increment();
        return CompletableFuture.failedFuture(reason);
    }

    /// Makes sure that a channel exists. Cheap when it does.
    ///
    /// @throws IllegalArgumentException when the name is not allowed
    /// @throws IllegalStateException when there are as many channels as there can be (32,767)
    /// @throws StorageDegradedException when it would have to be written and cannot
    public ChannelState create(String channel) {
        Optional<ChannelLog> known = log.channels().named(Channel.check(channel));
        if (known.isPresent()) {
            return known.get().state();
        }
        join(submit(Pending.creating(channel)));
        return log.channels().named(channel).orElseThrow().state();
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// A channel's state; empty when there is no such channel.
    public Optional<ChannelState> state(String channel) {
        return log.channels().named(channel).map(ChannelLog::state);
    }

    /// All channels, by name.
    public List<ChannelState> states() {
        return log.channels().states();
    }

    /// Reads on from a position, ascending. A channel that does not exist gives an empty page with
    /// an empty epoch.
    ///
    /// @param after the position: the first offset looked at is `after` + 1
    /// @param maxRecords most events in the page; never more than 1,000 are returned
    /// @param maxBytes most payload bytes in the page; one event is returned even when it is larger
    public CompletableFuture<Page> read(String channel, long after, int maxRecords, int maxBytes) {
        return page(channel, after, known -> pages.upwards(known, after, maxRecords, maxBytes));
    }

    /// Reads back from a position, descending, down to the oldest kept event.
    ///
    /// @param before the position: the first offset looked at is `before` - 1; `Long.MAX_VALUE` for
    ///   the newest
    /// @param maxRecords most events in the page; never more than 1,000 are returned
    /// @param maxBytes most payload bytes in the page; one event is returned even when it is larger
    public CompletableFuture<Page> readBefore(
            String channel, long before, int maxRecords, int maxBytes) {
        return page(channel, 0, known -> pages.downwards(known, before, maxRecords, maxBytes));
    }

    private CompletableFuture<Page> page(
            String channel, long position, Function<ChannelLog, Page> read) {
        Optional<ChannelLog> known = log.channels().named(channel);
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Page(List.of(), position, 1, 0, "", List.of()));
        }
        return readers.submit(() -> {
            Page page = read.apply(known.get());
            log.counters().recordsRead.add(page.records().size());
            return page;
        });
    }

    /// The greatest offset whose commit time is before a time, so that reading after it begins at
    /// that time; the oldest kept offset - 1 when all kept events are later.
    public CompletableFuture<Long> offsetBefore(String channel, Instant time) {
        Optional<ChannelLog> known = log.channels().named(channel);
        Supplier<Long> search = () -> pages.offsetBefore(known.orElseThrow(), time.toEpochMilli());
        return known.isPresent() ? readers.submit(search) : CompletableFuture.completedFuture(0L);
    }

    /// The committed bookmark of a source.
    public Optional<byte[]> bookmark(String source) {
        return log.bookmarks().get(source);
    }

    /// All committed bookmarks by source.
    public Map<String, byte[]> bookmarks() {
        return log.bookmarks().all();
    }

    /// Whether a position can be resumed: its epoch is the current or an earlier one of the
    /// channel, and the offset is not above what that epoch reached. Says nothing about retention:
    /// compare with [ChannelState#first()].
    public boolean recoverable(String channel, String epoch, long offset) {
        return log.channels()
                .named(channel)
                .filter(known -> known.recoverable(epoch, offset))
                .isPresent();
    }

    /// Calls a listener after every commit, in order, on the log's own notifier thread. It must not
    /// block: all appends wait for it.
    public Registration onCommit(Consumer<Committed> listener) {
        return notifier.listen(listener);
    }

    /// Calls a listener whenever the health changes, on one of the log's own threads. It must not
    /// block.
    public Registration onHealth(Consumer<StorageHealth> listener) {
        return log.condition().listen(listener);
    }

    /// Whether the log can be written to.
    public StorageHealth health() {
        return log.condition().health();
    }

    /// What was found damaged or begun anew since the log was opened, oldest first, the last 1,000.
    public List<StorageReport> reports() {
        return log.condition().reports();
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
        Counters counters = log.counters();
        return new LogStatistics(
                counters.events.sum(),
                counters.bytes.sum(),
                counters.groups.sum(),
                counters.duplicates.sum(),
                counters.refused.sum(),
                queue.entries(),
                queue.bytes(),
                counters.commit.latency(),
                counters.append.latency(),
                counters.readerWait.latency(),
                log.segments().count(),
                log.segments().bytes(),
                counters.recordsRead.sum(),
                counters.projectionFailures.sum());
    }

    /// How long the disk lasts at the growth of the last hours and days.
    ///
    /// @param now what the clock says
    /// @throws java.io.UncheckedIOException when the disk cannot be looked at
    public DiskForecast forecast(Instant now) {
        return DiskForecast.of(log.directory().path(), log.settings(), now);
    }

    /// Copies the data directory into one file (mode 0600) while everything goes on; appends wait
    /// for as long as one segment takes to be copied. A log on what [#restore(Path, Path)] makes of
    /// it has the same channels, epochs and offsets up to one moment in between.
    ///
    /// @param file a name there is nothing under
    /// @throws DataDirectoryException when it cannot be written, saying why
    /// @throws StorageDegradedException while nothing can be written
    public BackupReport backup(Path file) {
        return backup.to(file.toAbsolutePath().normalize());
    }

    /// Makes a data directory of a backup.
    ///
    /// @param directory it is made; if it is there, it must be empty
    /// @throws DataDirectoryException when that is not possible, saying why; then nothing was made
    public static void restore(Path file, Path directory) {
        BackupArchive.unpack(file, directory);
    }

    /// One round of retention now, for tests.
    void maintain() {
        retention.runAndWait();
    }

    /// Takes nothing more, commits what is queued, closes the files cleanly and gives the directory
    /// free, in about two seconds at most. Closing twice does nothing.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        projections.close();
        retention.close();
        queue.close();
        writer.join();
        notifier.close();
        readers.close();
        store.close();
        log.segments().close();
        log.directory().close();
    }
}
