package io.netsentinel.queuing;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Opens the next segment ahead of time, on its own thread, and switches to it, on the writer's.
/// What has to live on is carried over: idempotency keys while the segment is prepared; channels,
/// epochs, bookmarks and the keys that came meanwhile in the transaction that makes it the active
/// one. A prepared segment that never got there is deleted at start.
final class Roller {

    private static final double PREPARE_AT = 0.8;
    private static final int MOST_COMMITS = 50_000;
    private static final int MOST_KEYS = 500_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int KEY_BATCH = 1_000;
    private static final int SEGMENTS_IN_BUDGET = 8;
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    private record Prepared(Segment segment, Session session) {}

    private final LogContext log;
    private final long mostBytes;
    private final ExecutorService opener =
            Executors.newSingleThreadExecutor(task -> OwnThreads.daemon("log-opener", task));
    private final List<Requests.Remembered> meanwhile = new ArrayList<>();
    private long failed = System.nanoTime() - RETRY_NANOS - 1;
    private Optional<CompletableFuture<Prepared>> next = Optional.empty();

    Roller(LogContext log) {
        this.log = log;
        this.mostBytes =
                Math.min(
                        log.settings().segmentBytes(),
                        log.settings().maxDiskBytes() / SEGMENTS_IN_BUDGET);
    }

    /// Keys committed while the next segment is being prepared.
    void remember(List<Requests.Remembered> requests) {
        if (next.isPresent()) {
            meanwhile.addAll(requests);
        }
    }

    /// The segment to go on with: the same one, or the next when this one is full and the next is
    /// ready.
    ActiveSegment advance(ActiveSegment active) {
        double filled = filled(active);
        if (next.isEmpty() && filled >= PREPARE_AT && System.nanoTime() - failed > RETRY_NANOS) {
            next =
                    Optional.of(
                            CompletableFuture.supplyAsync(() -> prepare(active.segment()), opener));
        }
        if (filled < 1 || next.isEmpty() || !next.get().isDone()) {
            return active;
        }
        CompletableFuture<Prepared> ready = next.get();
        next = Optional.empty();
        try {
            return activate(ready.join(), active);
        } catch (RuntimeException | SQLException e) {
            // The old segment simply grows on; the next try comes a little later.
            failed = System.nanoTime();
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "cannot open the next segment: " + Failures.text(e));
            return active;
        } finally {
            meanwhile.clear();
        }
    }

    private double filled(ActiveSegment active) {
        if (active.events() == 0) {
            return 0;
        }
        LogSettings settings = log.settings();
        double byEvents = (double) active.events() / settings.segmentEvents();
        double byBytes = (double) active.segment().file().bytes() / mostBytes;
        double byAge =
                (double) (log.clock().steadyMillis() - active.begun())
                        / settings.segmentAge().toMillis();
        double byCommits = (double) active.commits() / MOST_COMMITS;
        return Math.max(Math.max(byEvents, byBytes), Math.max(byAge, byCommits));
    }

    private Prepared prepare(Segment before) {
        Segment segment = newSegment(log);
        try {
            Session session = create(segment);
            before.read(old -> carryKeys(old, session, log.oldestKey()));
            before.closeIfIdle();
            return new Prepared(segment, session);
        } catch (SQLException | RuntimeException e) {
            segment.retire();
            throw new SegmentException(segment.file(), e);
        }
    }

    static Segment newSegment(LogContext log) {
        SegmentFile file =
                new SegmentFile(
                        log.directory().segments(),
                        SegmentFile.Kind.SEGMENT,
                        log.segments().nextNumber());
        return new Segment(file, log.segments().password(), Segment.Mode.WRITE);
    }

    /// A new file with its tables.
    static Session create(Segment segment) throws SQLException {
        Session session = segment.openSession();
        Schema.create(session);
        session.manualCommit();
        try {
            Files0600.syncDirectory(segment.file().path());
        } catch (IOException e) {
            throw new SQLException(e);
        }
        return session;
    }

    private static int carryKeys(Session from, Session to, long oldest) throws SQLException {
        PreparedStatement select =
                from.prepare(
                        "select scope, name, time, result from request where time > ? order by time desc limit "
                                + MOST_KEYS);
        select.setLong(1, oldest);
        int carried = 0;
        try (ResultSet row = select.executeQuery()) {
            List<Requests.Remembered> batch = new ArrayList<>();
            while (row.next()) {
                batch.add(
                        new Requests.Remembered(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getBytes(4)));
                carried++;
                if (batch.size() == KEY_BATCH) {
                    write(to, batch);
                }
            }
            write(to, batch);
        }
        return carried;
    }

    private static void write(Session to, List<Requests.Remembered> batch) throws SQLException {
        Requests.put(to, batch);
        to.commit();
        batch.clear();
    }

    private ActiveSegment activate(Prepared prepared, ActiveSegment before) throws SQLException {
        ActiveSegment active;
        try {
            Requests.put(prepared.session(), meanwhile);
            active = activate(log, prepared.segment(), prepared.session());
        } catch (SQLException | RuntimeException e) {
            prepared.segment().retire();
            throw e;
        }
        seal(before);
        return active;
    }

    /// The first transaction of a segment: with it, the segment becomes the active one.
    static ActiveSegment activate(LogContext log, Segment segment, Session session)
            throws SQLException {
        long begun = log.clock().steadyMillis();
        Schema.putInfo(session, Schema.BEGUN, Long.toString(begun));
        Schema.putInfo(session, Schema.ACTIVE, "true");
        Schema.putChannels(session, log.channels().all());
        log.bookmarks().carry(session);
        ActiveSegment active =
                new ActiveSegment(segment, session, log.settings().durability(), begun, 0);
        active.commit();
        log.segments().activate(segment, log.clock().lastCommit(), log.channels().all());
        return active;
    }

    private void seal(ActiveSegment before) {
        log.segments()
                .seal(
                        new SegmentSet.Sealed(
                                before.segment(),
                                0,
                                before.begun(),
                                before.events(),
                                before.segment().file().number()));
        before.release();
        before.segment().mode(Segment.Mode.READ);
        before.segment().closeIfIdle();
    }

    /// Ends the thread; a segment prepared and not used is deleted.
    void close() {
        OwnThreads.finish(opener);
        next.ifPresent(ready -> {
            if (!ready.isCompletedExceptionally()) {
                ready.join().segment().retire();
            }
        });
    }
}
