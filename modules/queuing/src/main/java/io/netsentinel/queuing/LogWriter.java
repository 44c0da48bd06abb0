package io.netsentinel.queuing;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// The one thread that writes the log: takes appends off the queue, commits them in groups, writes
/// the high-water marks and only then has anyone told.
final class LogWriter {

    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LogContext log;
    private final Marks marks;
    private final AppendQueue queue;
    private final Notifier notifier;
    private final Roller roller;
    private final Repair repair;
    private final DiskSpace disk;
    private final Requests requests;
    private final CommitPace pace;
    private final Thread thread;
    private final Queue<Runnable> between = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private ActiveSegment active;

    LogWriter(
            LogContext log,
            Marks marks,
            ActiveSegment active,
            AppendQueue queue,
            Notifier notifier) {
        this.log = log;
        this.marks = marks;
        this.active = active;
        this.queue = queue;
        this.notifier = notifier;
        this.roller = new Roller(log);
        this.disk = new DiskSpace(log.directory().path(), log.settings().reserveBytes());
        this.repair = new Repair(log, disk);
        this.requests = new Requests(log.channels());
        this.pace = new CommitPace(log.settings().groupDelay().toNanos(), System.nanoTime());
        this.thread = OwnThreads.daemon("log-writer", this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!queue.drained()) {
            try {
                step();
            } catch (RuntimeException e) {
                // An error of ours must not end the only thread that writes: it is shown, and
                // everything is tried again.
                LOGGER.log(System.Logger.Level.ERROR, "the log's writer failed", e);
                log.condition().degrade("internal error: " + Failures.text(e));
            }
        }
        finish();
    }

    private void step() {
        for (Runnable task = between.poll(); task != null; task = between.poll()) {
            task.run();
        }
        if (queue.await(TICK_NANOS)) {
            queue.awaitGroup(pace.pause(System.nanoTime()));
            serve(queue.take());
        }
        if (log.condition().degraded()) {
            recover();
        } else {
            active = roller.advance(active);
        }
    }

    private void serve(List<Pending> appends) {
        if (log.condition().degraded()) {
            refuse(appends);
            return;
        }
        long started = System.nanoTime();
        Group group = new Group(log.channels(), log.clock().commitMillis());
        try {
            for (Pending append : appends) {
                plan(group, append);
            }
            if (group.writesNothing()) {
                notifier.tell(group.committed(), group.answers());
                return;
            }
            List<Requests.Remembered> remembered = remembered(group);
            active.write(group, log.bookmarks(), remembered);
            roller.remember(remembered);
        } catch (SQLException | RuntimeException e) {
            failed(group, e, appends, started);
            return;
        }
        committed(group, started);
    }

    private void plan(Group group, Pending append) throws SQLException {
        Optional<IdempotencyKey> key = append.append().key();
        Optional<Appended> first =
                key.isPresent()
                        ? requests.find(active.session(), key.get(), log.oldestKey())
                        : Optional.empty();
        if (first.isPresent()) {
            log.counters().duplicates.increment();
            group.repeat(append, first.get());
            return;
        }
        try {
            group.add(append);
        } catch (IllegalStateException e) {
            append.answer().completeExceptionally(e);
        }
    }

    private List<Requests.Remembered> remembered(Group group) {
        List<Requests.Remembered> remembered = new ArrayList<>();
        for (Map.Entry<IdempotencyKey, Appended> entry : group.requests().entrySet()) {
            remembered.add(requests.remembered(group, entry.getKey(), entry.getValue()));
        }
        return remembered;
    }

    private void committed(Group group, long started) {
        apply(group);
        try {
            marks.write(log.channels().all(), false);
        } catch (IOException e) {
            // The commit itself is safe; without marks a later loss could go unnoticed, so nothing
            // more is taken.
            log.condition().degrade("cannot write the high-water marks: " + e);
        }
        pace.committed();
        log.counters().commit.add(System.nanoTime() - started);
        log.counters().groups.increment();
        log.counters().events.add(group.entries());
        log.counters().bytes.add(group.bytes());
        notifier.tell(group.committed(), group.answers());
        disk.shortageNow().ifPresent(log.condition()::degrade);
    }

    private void apply(Group group) {
        for (Group.Addition addition : group.additions()) {
            if (addition.created()) {
                log.segments().created(active.segment(), addition.channel(), group.time());
                log.channels().add(addition.channel());
            }
            addition.channel().appended(addition.newTail());
        }
        log.bookmarks().committed(group.bookmarks());
    }

    /// H2 closes the database when it cannot write. The file tells whether the group is in it all
    /// the same.
    private void failed(Group group, Exception failure, List<Pending> appends, long started) {
        log.condition()
                .degrade(
                        "cannot write to "
                                + active.segment().file().name()
                                + ": "
                                + Failures.text(failure));
        active.segment().reset();
        active.segment().mode(Segment.Mode.READ);
        if (repair.holds(active.segment(), group)) {
            committed(group, started);
        } else {
            refuse(appends);
        }
    }

    private void refuse(List<Pending> appends) {
        StorageDegradedException refusal = log.condition().refusal();
        log.counters().refused.add(appends.size());
        appends.forEach(append -> append.answer().completeExceptionally(refusal));
    }

    private void recover() {
        repair.attempt(active)
                .ifPresent(repaired -> {
                    active = repaired.active();
                    try {
                        marks.write(log.channels().all(), false);
                    } catch (IOException e) {
                        return;
                    }
                    if (!repaired.found().batches().isEmpty()) {
                        notifier.tell(repaired.found(), List.of());
                    }
                    log.condition().recover();
                });
    }

    /// Work on the segment that is written.
    interface Pause<T> {
        T on(ActiveSegment active) throws IOException;
    }

    /// Does something between two commits, when all that is committed is in the files. Appends wait
    /// meanwhile. It fails with [StorageDegradedException] while nothing can be written.
    <T> CompletableFuture<T> between(Pause<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        between.add(() -> pause(work, answer));
        if (ended) {
            refusePauses();
        }
        return answer;
    }

    private <T> void pause(Pause<T> work, CompletableFuture<T> answer) {
        try {
            if (ended) {
                throw new LogClosedException();
            }
            if (log.condition().degraded()) {
                throw log.condition().refusal();
            }
            answer.complete(work.on(active));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void refusePauses() {
        for (Runnable left = between.poll(); left != null; left = between.poll()) {
            left.run();
        }
    }

    /// The marks as they are now, of a log that was closed cleanly. Only between two commits.
    byte[] cleanMarks() {
        return marks.clean(log.channels().all());
    }

    private void finish() {
        ended = true;
        refusePauses();
        roller.close();
        active.release();
        active.segment().reset();
        try {
            marks.write(log.channels().all(), !log.condition().degraded());
            marks.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "cannot write the high-water marks", e);
        }
    }

    /// Waits for the end, after the queue was closed: everything in it is committed or refused.
    void join() {
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
