package io.netsentinel.transport;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Page;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The audit trail: what people and programs did, on the channel `audit`, each entry chained to the
/// one before it (see [AuditChain]). One thread writes, in the order of the calls. What cannot be
/// written is counted, and the next entry that can be says how many are missing.
///
/// Any thread.
public final class Audit implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Audit.class.getName());
    private static final int WAITING = 10_000;
    private static final int GROUP = 100;
    private static final long POLL_MILLIS = 100;
    private static final int FAR = 1 << 20;

    private final Function<Append, CompletableFuture<Appended>> publish;
    private final Clock clock;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile boolean closing;

    // of the writer
    private long seq;
    private String head;

    private record Waiting(Event.Builder event, CompletableFuture<Void> done) {}

    private Audit(
            Function<Append, CompletableFuture<Appended>> publish,
            Clock clock,
            long seq,
            String head) {
        this.publish = publish;
        this.clock = clock;
        this.seq = seq;
        this.head = head;
        this.writer = Thread.ofPlatform().daemon().name("audit").unstarted(this::run);
    }

    /// Goes on where the log's chain ends.
    ///
    /// @param publish how to write to the log
    public static Audit open(
            EventLog log, Function<Append, CompletableFuture<Appended>> publish, Clock clock) {
        if (log.state(Channel.AUDIT).isEmpty()) {
            var _ = log.create(Channel.AUDIT);
        }
        Audit audit =
                newest(log)
                        .map(last ->
                                new Audit(
                                        publish,
                                        clock,
                                        last.number(AuditChain.SEQ, 0),
                                        last.text(AuditChain.HASH)))
                        .orElseGet(() -> new Audit(publish, clock, 0, ""));
        audit.writer.start();
        return audit;
    }

    private static Optional<Event> newest(EventLog log) {
        Page page = log.readBefore(Channel.AUDIT, Long.MAX_VALUE, 1, FAR).join();
        if (page.records().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Event.fromJson(page.records().getFirst().payload()));
        } catch (MalformedEventException e) {
            LOG.log(System.Logger.Level.ERROR, "the newest audit entry cannot be read", e);
            return Optional.empty();
        }
    }

    /// Notes something. Does not wait.
    public void note(AuditEntry entry) {
        var _ = noted(entry);
    }

    /// Notes something.
    ///
    /// @return done when it is committed; fails when it cannot be
    public CompletableFuture<Void> noted(AuditEntry entry) {
        return append(entry.event(clock.instant()));
    }

    /// Adds an event that says more than an [AuditEntry].
    ///
    /// @return done when it is committed; fails when it cannot be
    public CompletableFuture<Void> append(Event.Builder event) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (closing || !waiting.offer(new Waiting(event, done))) {
            lost.incrementAndGet();
            done.completeExceptionally(new IllegalStateException("too many entries are waiting"));
        }
        return done;
    }

    /// Entries that could not be written and of which nothing was told yet.
    long lost() {
        return lost.get();
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        while (!closing || !waiting.isEmpty()) {
            group.clear();
            Waiting first = next();
            if (first == null) {
                continue;
            }
            group.add(first);
            waiting.drainTo(group, GROUP - 1);
            write(group);
        }
    }

    private @Nullable Waiting next() {
        try {
            return waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing = true;
            return null;
        }
    }

    private void write(List<Waiting> group) {
        long missing = lost.get();
        long at = seq;
        String before = head;
        List<Entry> entries = new ArrayList<>();
        if (missing > 0) {
            AuditEntry gap =
                    AuditEntry.local(
                            "audit.lost",
                            "",
                            false,
                            "entries that could not be written: " + missing);
            Event told = chained(gap.event(clock.instant()));
            entries.add(Entry.of(Channel.AUDIT, told.toJson()));
        }
        group.forEach(one -> entries.add(Entry.of(Channel.AUDIT, chained(one.event()).toJson())));
        try {
            var _ = publish.apply(new Append(entries, List.of(), Optional.empty())).join();
            lost.addAndGet(-missing);
            group.forEach(one -> one.done().complete(null));
        } catch (CompletionException e) {
            seq = at;
            head = before;
            lost.addAndGet(group.size());
            LOG.log(System.Logger.Level.WARNING, "cannot write to the audit trail", e.getCause());
            Throwable cause = e.getCause() == null ? e : e.getCause();
            group.forEach(one -> one.done().completeExceptionally(cause));
        }
    }

    /// What is hashed is what will be read: not every text survives being written as JSON.
    private Event chained(Event.Builder plain) {
        Event.Builder event = Event.fromJson(plain.build().toJson()).toBuilder();
        event.put(AuditChain.SEQ, ++seq);
        event.put(AuditChain.PREV, head);
        head = AuditChain.hash(event);
        event.put(AuditChain.HASH, head);
        return event.build();
    }

    /// Writes what waits.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
