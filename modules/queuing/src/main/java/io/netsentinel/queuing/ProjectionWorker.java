package io.netsentinel.queuing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Runs one projection: reads pages of its channels, has them applied, and submits the rows
/// together with the position.
final class ProjectionWorker {

    static final String POSITIONS = "~positions";
    private static final int PAGE_RECORDS = 500;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final int MOST_UNDURABLE = 8;
    private static final int ATTEMPTS = 3;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    private final Projection projection;
    private final Set<String> channels;
    private final EventLog events;
    private final Store store;
    private final LogContext log;
    private final AppliedOffsets applied = new AppliedOffsets();
    private final Deque<CompletableFuture<Void>> undurable = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean reload = true;
    private volatile boolean stopped;

    ProjectionWorker(Projection projection, EventLog events, Store store, LogContext log) {
        this.projection = projection;
        this.channels = Set.copyOf(projection.channels());
        this.events = events;
        this.store = store;
        this.log = log;
        this.thread =
                Thread.ofVirtual().name("projection-" + projection.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean reads(String channel) {
        return channels.contains(channel);
    }

    long applied(String channel) {
        return applied.get(channel);
    }

    CompletableFuture<Void> await(String channel, long offset) {
        return applied.await(channel, offset);
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /// Asks the store again how far it is: after it was begun anew, or a batch of ours failed.
    void reload() {
        reload = true;
        wake();
    }

    private void run() {
        while (!stopped) {
            long pause = IDLE_NANOS;
            try {
                if (step()) {
                    pause = 0;
                }
            } catch (RuntimeException e) {
                // Storage that cannot be read or written for now: the same events are tried again.
                LOGGER.log(
                        System.Logger.Level.DEBUG, "projection " + projection.name() + " waits", e);
                reload = true;
                pause = RETRY_NANOS;
            }
            if (pause > 0 && !stopped) {
                LockSupport.parkNanos(this, pause);
            }
        }
        applied.close();
    }

    /// @return whether there was something to do
    private boolean step() {
        if (reload) {
            reload = false;
            undurable.clear();
            channels.forEach(this::load);
        }
        boolean worked = false;
        for (String channel : channels) {
            worked |= !stopped && advance(channel);
        }
        return worked;
    }

    private void load(String channel) {
        Optional<byte[]> stored = store.get(POSITIONS, key(channel));
        applied.reached(channel, stored.map(bytes -> position(channel, bytes)).orElse(0L));
    }

    /// What was applied of an epoch's lost end does not count: a new epoch may use those offsets
    /// again.
    private long position(String channel, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long offset = in.getLong();
        String epoch = StandardCharsets.UTF_8.decode(in).toString();
        return log.channels()
                .named(channel)
                .map(known ->
                        known.epochs().stream()
                                .filter(e -> e.id().equals(epoch))
                                .map(known::lastOf)
                                .findFirst()
                                .orElse(known.tail()))
                .map(last -> Math.min(last, offset))
                .orElse(0L);
    }

    private boolean advance(String channel) {
        long from = applied.get(channel);
        if (events.state(channel).map(ChannelState::tail).orElse(0L) <= from) {
            return false;
        }
        Page page = events.read(channel, from, PAGE_RECORDS, PAGE_BYTES).join();
        if (page.scannedTo() <= from) {
            return false;
        }
        apply(channel, page);
        return true;
    }

    private void apply(String channel, Page page) {
        List<StoreBatch.Change> all = List.of();
        try {
            all = page.records().isEmpty() ? all : changes(channel, page, page.records());
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.DEBUG,
                    "projection " + projection.name() + " failed at a page",
                    e);
            oneByOne(channel, page);
        }
        submit(channel, page.epoch(), page.scannedTo(), all);
    }

    private List<StoreBatch.Change> changes(String channel, Page page, List<LogRecord> records) {
        StoreBatch batch = new StoreBatch();
        projection.apply(channel, page.epoch(), records, batch);
        return batch.changes();
    }

    /// Every event by itself, each seeing in the store what the one before did.
    private void oneByOne(String channel, Page page) {
        for (LogRecord next : page.records()) {
            submit(channel, page.epoch(), next.offset(), stubbornly(channel, page, next));
        }
    }

    private List<StoreBatch.Change> stubbornly(String channel, Page page, LogRecord next) {
        RuntimeException last = new IllegalStateException();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return changes(channel, page, List.of(next));
            } catch (RuntimeException e) {
                last = e;
            }
        }
        log.counters().projectionFailures.increment();
        // The exception's text may hold text of the event: it is not repeated where people read.
        LOGGER.log(
                System.Logger.Level.DEBUG,
                "projection " + projection.name() + " skips an event",
                last);
        log.condition()
                .report(
                        StorageReport.Kind.PROJECTION_FAILED,
                        "projection "
                                + projection.name()
                                + " failed at event "
                                + next.offset()
                                + " of channel "
                                + channel
                                + " and skipped it: "
                                + last.getClass().getName());
        return List.of();
    }

    private void submit(String channel, String epoch, long offset, List<StoreBatch.Change> rows) {
        List<StoreBatch.Change> changes = new ArrayList<>(rows);
        changes.add(StoreBatch.Change.put(POSITIONS, new Row(key(channel), bytes(epoch, offset))));
        CompletableFuture<Void> done = store.commitDerived(changes);
        if (done.isCompletedExceptionally()) {
            done.join();
        }
        CompletableFuture<Void> _ =
                done.whenComplete((_, failure) -> {
                    if (failure != null) {
                        reload();
                    }
                });
        applied.reached(channel, offset);
        undurable.addLast(done);
        if (undurable.size() > MOST_UNDURABLE) {
            undurable.removeFirst().join();
        }
    }

    private String key(String channel) {
        return projection.name() + "/" + channel;
    }

    private static byte[] bytes(String epoch, long offset) {
        byte[] name = epoch.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + name.length).putLong(offset).put(name).array();
    }

    void close() {
        stopped = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
