package io.netsentinel.queuing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All segments and what is where.
final class SegmentSet {

    /// Files kept open besides the active one.
    private static final int MOST_OPEN = 12;

    /// A segment that gets no more events from the log.
    ///
    /// @param ageClass of an archive, milliseconds
    /// @param begun when it became active, milliseconds since 1970
    /// @param events how many it holds
    /// @param lastSource its own number, or of an archive the number of the last segment whose rows
    ///   it took over
    record Sealed(Segment segment, long ageClass, long begun, long events, long lastSource) {

        boolean archive() {
            return segment.file().kind() == SegmentFile.Kind.ARCHIVE;
        }
    }

    private final AtomicReference<Catalog> catalog = new AtomicReference<>(Catalog.empty());
    private final List<Sealed> sealed = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers;
    private final String password;
    private volatile @Nullable Segment active;

    SegmentSet(long highestNumber, String password) {
        this.numbers = new AtomicLong(highestNumber);
        this.password = password;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    String password() {
        return password;
    }

    Catalog catalog() {
        return catalog.get();
    }

    void update(UnaryOperator<Catalog> change) {
        catalog.updateAndGet(change);
    }

    List<Sealed> sealed() {
        return sealed;
    }

    void seal(Sealed segment) {
        sealed.add(segment);
    }

    /// An archive grew.
    void replace(Sealed before, Sealed after) {
        sealed.remove(before);
        sealed.add(after);
    }

    /// Takes a segment out and deletes its file when the last reader is done with it.
    void drop(Sealed segment) {
        update(c -> c.without(segment.segment()));
        sealed.remove(segment);
        segment.segment().retire();
    }

    /// From here on (commits are not before `time`) this segment takes the events; the one before
    /// keeps what it has.
    void activate(Segment segment, long time, Collection<ChannelLog> channels) {
        update(before -> {
            Catalog catalog = before;
            for (ChannelLog channel : channels) {
                catalog =
                        catalog.endingAt(channel.number(), channel.tail(), time)
                                .with(channel.number(), openExtent(segment, channel, time));
            }
            return catalog;
        });
        active = segment;
    }

    /// A channel that is new in the active segment.
    void created(Segment segment, ChannelLog channel, long time) {
        update(catalog -> catalog.with(channel.number(), openExtent(segment, channel, time)));
    }

    private static Extent openExtent(Segment segment, ChannelLog channel, long time) {
        return new Extent(segment, channel.tail() + 1, Long.MAX_VALUE, time, Long.MAX_VALUE);
    }

    /// Closes the files nobody has read for the longest time.
    void trim() {
        List<Segment> open =
                sealed.stream()
                        .map(Sealed::segment)
                        .filter(Segment::isOpen)
                        .sorted(Comparator.comparingLong(Segment::lastUse))
                        .toList();
        open.stream().limit(Math.max(0, open.size() - MOST_OPEN)).forEach(Segment::closeIfIdle);
    }

    int count() {
        return sealed.size() + 1;
    }

    long bytes() {
        Segment written = active;
        long sum = written == null ? 0 : written.file().bytes();
        for (Sealed one : sealed) {
            sum += one.segment().file().bytes();
        }
        return sum;
    }

    void close() {
        sealed.forEach(s -> s.segment().reset());
    }
}
