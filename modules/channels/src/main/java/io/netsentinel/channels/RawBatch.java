package io.netsentinel.channels;

import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.queuing.LogRecord;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records as the log holds them, without a hole between them; or a hole.
final class RawBatch extends Range {
    /// Covers nothing.
    static final RawBatch NONE = new RawBatch(-1, -1, List.of(), Optional.empty());

    private static final int RECORD_OVERHEAD = 64;

    private final List<LogRecord> records;
    private final Optional<Gap.Reason> missing;
    private final long cost;

    /// Parsed events are large, so they live only as long as somebody is working on them: several
    /// views that look at the same new events one after another share them.
    private volatile @Nullable WeakReference<RecordView[]> views;

    private RawBatch(long after, long to, List<LogRecord> records, Optional<Gap.Reason> missing) {
        super(after, to);
        this.records = records;
        this.missing = missing;
        long bytes = OVERHEAD;
        for (LogRecord one : records) {
            bytes += one.payload().length + RECORD_OVERHEAD;
        }
        this.cost = bytes;
    }

    /// @param records at least one, ascending, offset after offset
    static RawBatch of(List<LogRecord> records) {
        return new RawBatch(
                records.getFirst().offset() - 1,
                records.getLast().offset(),
                records,
                Optional.empty());
    }

    static RawBatch hole(long after, long to, Gap.Reason reason) {
        return new RawBatch(after, to, List.of(), Optional.of(reason));
    }

    /// Why the range cannot be read; empty when it holds records.
    Optional<Gap.Reason> missing() {
        return missing;
    }

    List<LogRecord> records() {
        return records;
    }

    /// Index of the first record after a position that this range covers.
    int indexAfter(long position) {
        return (int) (position - after());
    }

    /// The records as codecs and filters see them.
    RecordView[] views(String channel) {
        WeakReference<RecordView[]> known = views;
        RecordView[] made = known == null ? null : known.get();
        if (made == null) {
            made = new RecordView[records.size()];
            for (int i = 0; i < made.length; i++) {
                made[i] = RecordView.of(channel, records.get(i));
            }
            views = new WeakReference<>(made);
        }
        return made;
    }

    @Override
    long cost() {
        return cost;
    }
}
