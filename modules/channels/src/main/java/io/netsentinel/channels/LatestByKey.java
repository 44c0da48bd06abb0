package io.netsentinel.channels;

import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Where the newest event of each key of a state channel stands. Events without the key count as
/// one key. Holds offsets and no events.
final class LatestByKey {
    private static final Logger LOG = System.getLogger(LatestByKey.class.getName());

    /// With more keys, those that changed longest ago are forgotten.
    private static final int MOST_KEYS = 10_000;

    /// How far back is looked when the server starts.
    private static final int MOST_EVENTS = 100_000;

    /// Of a longer value only so much is kept, and a hash of the rest.
    private static final int LONGEST_KEY = 256;

    private static final int PAGE_RECORDS = 512;
    private static final int PAGE_BYTES = 512 << 10;

    private final String channel;
    private final String field;
    private final Map<String, Long> byKey = new HashMap<>();
    private final Map<Long, String> keys = new HashMap<>();
    private final TreeSet<Long> offsets = new TreeSet<>();
    private final CompletableFuture<Void> ready;

    private LatestByKey(ChannelState state, String field, EventLog log) {
        this.channel = state.channel();
        this.field = field;
        this.ready =
                state.tail() < state.first()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.runAsync(
                                () -> read(state, log), task -> Thread.startVirtualThread(task));
    }

    /// Begins to read what the channel holds.
    ///
    /// @param field the key's path in an event
    static LatestByKey of(ChannelState state, String field, EventLog log) {
        return new LatestByKey(state, field, log);
    }

    private void read(ChannelState state, EventLog log) {
        long at = Math.max(state.first() - 1, state.tail() - MOST_EVENTS);
        try {
            while (at < state.tail()) {
                Page page = log.read(channel, at, PAGE_RECORDS, PAGE_BYTES).join();
                add(page.records());
                if (page.scannedTo() <= at) {
                    return;
                }
                at = page.scannedTo();
            }
        } catch (CompletionException e) {
            LOG.log(Level.WARNING, "cannot read the last values of channel " + channel, e);
        }
    }

    /// Waits until what was stored before the start is known.
    void await() {
        ready.join();
    }

    synchronized void add(List<LogRecord> records) {
        for (LogRecord one : records) {
            String key = key(one);
            Long before = byKey.get(key);
            if (before != null && before >= one.offset()) {
                continue;
            }
            if (before != null) {
                forget(before);
            }
            byKey.put(key, one.offset());
            keys.put(one.offset(), key);
            offsets.add(one.offset());
        }
        while (offsets.size() > MOST_KEYS) {
            long oldest = offsets.first();
            byKey.remove(keys.get(oldest));
            forget(oldest);
        }
    }

    private void forget(long offset) {
        offsets.remove(offset);
        keys.remove(offset);
    }

    private String key(LogRecord one) {
        try {
            String text = RecordView.of(channel, one).event().text(field);
            return text.length() <= LONGEST_KEY
                    ? text
                    : text.substring(0, LONGEST_KEY) + text.hashCode();
        } catch (MalformedEventException _) {
            return "";
        }
    }

    /// The next offset after a position at which a newest event stands; [Long#MAX_VALUE] when there
    /// is none.
    synchronized long after(long position) {
        Long next = offsets.higher(position);
        return next == null ? Long.MAX_VALUE : next;
    }
}
