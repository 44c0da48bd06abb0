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
import org.jspecify.annotations.Nullable;

/// Reads pages of one channel from the log into memory.
///
/// Everybody who needs the same page waits for the same read, and pages begin at multiples of half
/// a page where possible, so that many clients that come back after a restart, each at a slightly
/// different position, read the same few pages. One subscription has at most one read under way;
/// the log serves them in order, which makes it round-robin.
final class Loads {
    private static final Logger LOG = System.getLogger(Loads.class.getName());
    private static final int MOST_PAGE_RECORDS = 512;

    /// What a record costs besides its bytes.
    private static final int RECORD = 64;

    private static final int FEW = 8;
    private static final int MOST_PAGE_BYTES = 512 << 10;

    /// A page is at most this part of the memory there is.
    private static final int PAGES = 8;

    /// After a read that failed or brought nothing.
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final String channel;
    private final EventLog log;
    private final Ranges<RawBatch> target;
    private final Tally tally;
    private final int pageBytes;
    private final int pageRecords;
    private final ConcurrentMap<Long, Load> running = new ConcurrentHashMap<>();

    Loads(String channel, EventLog log, Ranges<RawBatch> target, Topic.Memory memory) {
        this.channel = channel;
        this.log = log;
        this.target = target;
        this.tally = memory.tally();
        this.pageBytes = (int) Math.min(MOST_PAGE_BYTES, memory.budget().limit() / PAGES);
        this.pageRecords = Math.min(MOST_PAGE_RECORDS, pageBytes / RECORD);
    }

    /// Whether few reads are under way.
    boolean calm() {
        return running.size() < FEW;
    }

    /// Starts reading the page for somebody at a position, or joins those who wait for it.
    ///
    /// @param wake called when the read is over
    Load request(long position, Runnable wake) {
        long aligned = position - position % (pageRecords / 2);
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
        tally.pagesRead.increment();
        var _ =
                log.read(channel, after, pageRecords, pageBytes)
                        .whenComplete((page, failure) -> arrived(after, load, page, failure));
    }

    private void arrived(long after, Load load, @Nullable Page page, @Nullable Throwable failure) {
        boolean progress = false;
        try {
            progress = page != null && hold(after, page);
            if (failure != null) {
                failed(after, failure);
            }
        } catch (RuntimeException | Error e) {
            // whatever it is, somebody waits for the end of this read
            failed(after, e);
        }
        if (progress) {
            finish(after, load);
        } else {
            LATER.execute(() -> finish(after, load));
        }
    }

    private void failed(long after, Throwable failure) {
        LOG.log(Level.WARNING, "cannot read channel " + channel + " after " + after, failure);
    }

    private void finish(long after, Load load) {
        running.remove(after, load);
        load.finish();
    }

    /// Puts the first thing a page says into memory. Only that: when memory is short, a second
    /// range would push out the first, which is what somebody waits for.
    ///
    /// @return whether it says anything
    private boolean hold(long after, Page page) {
        List<LogRecord> records = page.records();
        long first = records.isEmpty() ? page.first() : records.getFirst().offset();
        if (!page.missing().isEmpty()) {
            Hole hole = page.missing().getFirst();
            if (records.isEmpty() || hole.from() < first) {
                return hole(after, hole.to(), reason(hole.reason()));
            }
            records = before(records, hole.from());
        }
        if (first - 1 > after) {
            return hole(
                    after, first - 1, records.isEmpty() ? Gap.Reason.RETENTION : Gap.Reason.LOST);
        }
        if (!records.isEmpty()) {
            target.hold(RawBatch.of(List.copyOf(records)), Lane.READ);
        }
        return !records.isEmpty();
    }

    private static List<LogRecord> before(List<LogRecord> records, long offset) {
        int end = 0;
        while (end < records.size() && records.get(end).offset() < offset) {
            end++;
        }
        return records.subList(0, end);
    }

    private boolean hole(long after, long to, Gap.Reason reason) {
        if (to > after) {
            target.hold(RawBatch.hole(after, to, reason), Lane.READ);
        }
        return to > after;
    }

    private static Gap.Reason reason(Hole.Reason reason) {
        return switch (reason) {
            // clients know no more than that it is not kept any longer
            case RETENTION, PURGED -> Gap.Reason.RETENTION;
            case LOST -> Gap.Reason.LOST;
        };
    }
}
