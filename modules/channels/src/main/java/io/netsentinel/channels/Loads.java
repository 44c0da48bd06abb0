package io.netsentinel.channels;

import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Hole;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Reads pages of one channel from the log into memory.
///
/// Everybody who needs the same page waits for the same read, and pages begin at multiples of 256
/// where possible, so that many clients that come back after a restart, each at a slightly
/// different position, read the same few pages. One subscription has at most one read under way;
/// the log serves them in order, which makes it round-robin.
final class Loads {
    private static final Logger LOG = System.getLogger(Loads.class.getName());
    private static final int ALIGNMENT = 256;
    private static final int PAGE_RECORDS = 512;
    private static final int FEW = 8;
    private static final int MOST_PAGE_BYTES = 512 << 10;

    /// A page is at most this part of the memory there is.
    private static final int PAGES = 8;

    /// After a read that failed or brought nothing.
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final String channel;
    private final EventLog log;
    private final Ranges<RawBatch> target;
    private final LongAdder pagesRead;
    private final int pageBytes;
    private final ConcurrentMap<Long, Load> running = new ConcurrentHashMap<>();

    Loads(String channel, EventLog log, Ranges<RawBatch> target, Topic.Memory memory) {
        this.channel = channel;
        this.log = log;
        this.target = target;
        this.pagesRead = memory.pagesRead();
        this.pageBytes = (int) Math.min(MOST_PAGE_BYTES, memory.budget().limit() / PAGES);
    }

    /// Whether few reads are under way.
    boolean calm() {
        return running.size() < FEW;
    }

    /// Starts reading the page for somebody at a position, or joins those who wait for it.
    ///
    /// @param wake called when the read is over
    Load request(long position, Runnable wake) {
        long aligned = position - position % ALIGNMENT;
        long known = target.atOrBefore(position).to();
        long after = known <= position ? Math.max(aligned, known) : aligned;
        Load fresh = new Load();
        fresh.await(wake);
        Load other = running.putIfAbsent(after, fresh);
        if (other != null) {
            other.await(wake);
            return other;
        }
        read(after, fresh);
        return fresh;
    }

    private void read(long after, Load load) {
        pagesRead.increment();
        var _ =
                log.read(channel, after, PAGE_RECORDS, pageBytes)
                        .whenComplete((page, failure) -> arrived(after, load, page, failure));
    }

    private void arrived(long after, Load load, @Nullable Page page, @Nullable Throwable failure) {
        boolean progress = false;
        if (page != null) {
            progress = hold(after, page);
        } else if (failure != null) {
            LOG.log(Level.WARNING, "cannot read channel " + channel + " after " + after, failure);
        }
        if (progress) {
            finish(after, load);
        } else {
            LATER.execute(() -> finish(after, load));
        }
    }

    private void finish(long after, Load load) {
        running.remove(after, load);
        load.finish();
    }

    /// Puts what a page says into memory, in order.
    ///
    /// @return whether it says anything
    private boolean hold(long after, Page page) {
        long at = after;
        if (page.first() - 1 > at && page.records().isEmpty() && page.missing().isEmpty()) {
            at = hole(at, page.first() - 1, Gap.Reason.RETENTION);
        }
        List<LogRecord> records = page.records();
        int from = 0;
        for (Hole hole : page.missing()) {
            int before = from;
            while (from < records.size() && records.get(from).offset() < hole.from()) {
                from++;
            }
            at = records(at, records.subList(before, from));
            at = hole(at, hole.to(), reason(hole.reason()));
        }
        at = records(at, records.subList(from, records.size()));
        return at > after;
    }

    private long records(long at, List<LogRecord> run) {
        if (run.isEmpty()) {
            return at;
        }
        if (run.getFirst().offset() - 1 > at) {
            hole(at, run.getFirst().offset() - 1, Gap.Reason.LOST);
        }
        target.hold(RawBatch.of(List.copyOf(run)));
        return run.getLast().offset();
    }

    private long hole(long at, long to, Gap.Reason reason) {
        if (to > at) {
            target.hold(RawBatch.hole(at, to, reason));
        }
        return Math.max(at, to);
    }

    private static Gap.Reason reason(Hole.Reason reason) {
        return switch (reason) {
            case RETENTION -> Gap.Reason.RETENTION;
            case LOST -> Gap.Reason.LOST;
        };
    }
}
