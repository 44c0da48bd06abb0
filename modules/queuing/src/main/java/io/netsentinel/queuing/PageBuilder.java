package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.List;

/// Collects one page while offsets are looked at one after the other, upwards or downwards.
final class PageBuilder {

    private static final int FEWEST = 16;

    private final int step;
    private final int maxRecords;
    private final long maxBytes;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private final boolean withRemoved;
    private long at;
    private long bytes;
    private boolean overfull;

    /// @param step 1 to read upwards, -1 downwards
    PageBuilder(int step, long start, int maxRecords, long maxBytes) {
        this(step, start, maxRecords, maxBytes, false);
    }

    private PageBuilder(int step, long start, int maxRecords, long maxBytes, boolean withRemoved) {
        this.step = step;
        this.at = start;
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.withRemoved = withRemoved;
    }

    /// For whoever copies events: what is left of removed ones is taken as if it were one.
    static PageBuilder withRemoved(long start, int maxRecords, long maxBytes) {
        return new PageBuilder(1, start, maxRecords, maxBytes, true);
    }

    boolean withRemoved() {
        return withRemoved;
    }

    int step() {
        return step;
    }

    /// The offset to be looked at next.
    long at() {
        return at;
    }

    boolean full() {
        return overfull || room() <= 0 || bytes >= maxBytes;
    }

    int room() {
        return maxRecords - records.size();
    }

    /// How many events to ask for: the database reads all that it is asked for before it gives the
    /// first, so not many more than fit.
    ///
    /// @param usual bytes of an event
    int room(int usual) {
        long fit = (maxBytes - bytes) / Math.max(1, usual);
        return (int) Math.min(room(), Math.max(FEWEST, fit + fit / 8));
    }

    /// Whether an offset still lies ahead (or is the next one).
    boolean ahead(long offset) {
        return step > 0 ? at <= offset : at >= offset;
    }

    /// Whether an event still fits; when it does not, the page is full.
    boolean fits(LogRecord found) {
        overfull = !records.isEmpty() && bytes + found.payload().length > maxBytes;
        return !overfull;
    }

    /// Bytes of payloads in it.
    long bytes() {
        return bytes;
    }

    /// Events in it.
    int size() {
        return records.size();
    }

    void add(LogRecord found) {
        records.add(found);
        bytes += found.payload().length;
        at = found.offset() + step;
    }

    /// Declares everything missing from the next offset up to, not including, this one.
    void skipTo(long offset, Hole.Reason reason) {
        if (at == offset || !ahead(offset)) {
            return;
        }
        long last = offset - step;
        Hole hole = new Hole(Math.min(at, last), Math.max(at, last), reason);
        if (!holes.isEmpty() && joins(holes.getLast(), hole)) {
            Hole before = holes.removeLast();
            hole =
                    new Hole(
                            Math.min(before.from(), hole.from()),
                            Math.max(before.to(), hole.to()),
                            reason);
        }
        holes.add(hole);
        at = offset;
    }

    private boolean joins(Hole before, Hole next) {
        boolean adjacent =
                step > 0 ? before.to() + 1 == next.from() : next.to() + 1 == before.from();
        return adjacent && before.reason() == next.reason();
    }

    Page page(ChannelLog channel, Epoch epoch) {
        return new Page(records, at - step, channel.first(), channel.tail(), epoch.id(), holes);
    }
}
