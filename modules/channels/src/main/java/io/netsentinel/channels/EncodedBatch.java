package io.netsentinel.channels;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Part of a channel as one view sees it: the events that match, encoded one after another, as a
/// list when there are several; or a hole.
final class EncodedBatch extends Range {
    private static final long[] NO_OFFSETS = {};
    private static final int[] NO_STARTS = {};
    private static final byte[] NO_BYTES = {};
    private static final int ELEMENT_OVERHEAD = 12;

    /// Covers nothing.
    static final EncodedBatch NONE = hole(-1, -1, Gap.Reason.LOST);

    private final Encoding encoding;
    private final byte[] bytes;
    private final long[] offsets;
    private final int[] starts;
    private final long[] expiries;
    private final long prev;
    private final long newest;
    private final Optional<Gap.Reason> missing;
    private final Step.Events whole;

    /// Made when somebody asks for it.
    private Step.@Nullable Events gzip;

    private Step.@Nullable Events gzipText;

    private EncodedBatch(Content content, long to, Optional<Gap.Reason> missing) {
        super(content.after, to);
        this.encoding = content.encoding;
        this.bytes = content.bytes;
        this.offsets = content.offsets;
        this.starts = content.starts;
        this.expiries = content.expiries;
        this.prev = content.prev;
        this.newest = content.newest;
        this.missing = missing;
        this.whole = events(bytes, offsets.length, newest);
    }

    /// What an encoder collected.
    ///
    /// @param after position the range begins at
    /// @param prev `prev` of the first element
    /// @param encoding how they are written
    /// @param bytes the elements
    /// @param offsets their offsets
    /// @param starts index of the first byte of each element
    /// @param expiries when each expires, milliseconds since 1970, 0 never; empty when none does
    /// @param newest when the last of them was committed, milliseconds since 1970
    @SuppressWarnings("ArrayRecordComponent") // hands arrays from the encoder over, nothing else
    record Content(
            long after,
            long prev,
            Encoding encoding,
            byte[] bytes,
            long[] offsets,
            int[] starts,
            long[] expiries,
            long newest) {

        /// Nothing.
        static Content none(long after, long prev) {
            return new Content(
                    after, prev, Encoding.JSON, NO_BYTES, NO_OFFSETS, NO_STARTS, NO_OFFSETS, 0);
        }
    }

    static EncodedBatch of(Content content, long to) {
        return new EncodedBatch(content, to, Optional.empty());
    }

    /// Nothing matches here.
    ///
    /// @param prev the last matching event before it, as far as known
    static EncodedBatch empty(long after, long to, long prev) {
        return of(Content.none(after, prev), to);
    }

    static EncodedBatch hole(long after, long to, Gap.Reason reason) {
        return new EncodedBatch(Content.none(after, to), to, Optional.of(reason));
    }

    int size() {
        return offsets.length;
    }

    boolean isEmpty() {
        return offsets.length == 0;
    }

    Optional<Gap.Reason> missing() {
        return missing;
    }

    long offset(int index) {
        return offsets[index];
    }

    /// Index of the first element after a position; [#size()] when there is none.
    int indexAfter(long position) {
        if (position <= after()) {
            return 0;
        }
        int found = Arrays.binarySearch(offsets, position);
        return found < 0 ? -found - 1 : found + 1;
    }

    /// `prev` of an element: the matching event before it.
    long prev(int index) {
        return index == 0 ? prev : offsets[index - 1];
    }

    /// `prev` of whatever comes after this range.
    long nextPrev() {
        return prev(offsets.length);
    }

    boolean expired(int index, long now) {
        return expiries.length > 0 && expiries[index] != 0 && expiries[index] <= now;
    }

    /// The index after the last element from `index` on that can be sent in one frame: not expired,
    /// and not more bytes than there is room for. At least one element.
    int runEnd(int index, long now, int room) {
        int end = index + 1;
        while (end < offsets.length && !expired(end, now) && framed(index, end + 1) <= room) {
            end++;
        }
        return end;
    }

    /// Elements as one frame.
    Step.Events events(int from, int to) {
        if (to - from == offsets.length) {
            return whole;
        }
        int first = starts[from];
        int last = end(to - 1);
        if (to - from == 1) {
            return events(Arrays.copyOfRange(bytes, first, last), 1, committed(to));
        }
        byte[] part = Arrays.copyOfRange(bytes, first - encoding.head(), last + encoding.tail());
        encoding.frame(part, to - from);
        return events(part, to - from, committed(to));
    }

    private Step.Events events(byte[] frame, int count, long committed) {
        return new Step.Events(new Frame(frame, encoding.binary()), count, committed);
    }

    /// Only of the last element it is known.
    private long committed(int end) {
        return end == offsets.length ? newest : 0;
    }

    /// Whether all of it can be sent as one compressed frame.
    boolean compressible(long now, Compression how) {
        if (!how.worthwhile(bytes.length)) {
            return false;
        }
        for (int i = 0; i < expiries.length; i++) {
            if (expired(i, now)) {
                return false;
            }
        }
        return true;
    }

    /// All of it as one frame, compressed when that makes it smaller; made once and kept.
    ///
    /// @param grew told how many bytes that took
    synchronized Step.Events compressed(Compression how, IntConsumer grew) {
        Step.Events known = how == Compression.GZIP ? gzip : gzipText;
        if (known != null) {
            return known;
        }
        Step.Events made = new Step.Events(how.apply(whole.frame()), offsets.length, newest);
        if (how == Compression.GZIP) {
            gzip = made;
        } else {
            gzipText = made;
        }
        int size = made.bytes().length;
        grew.accept(size < bytes.length ? size : 0);
        return made;
    }

    /// Bytes of elements as one frame.
    int framed(int from, int to) {
        int frame = to - from == 1 ? 0 : encoding.head() + encoding.tail();
        return end(to - 1) - starts[from] + frame;
    }

    /// One element with another `prev`.
    ///
    /// @param envelope what it was encoded with
    Step.Events withPrev(int index, long other, Envelope envelope) {
        int first = starts[index];
        int cut = first + envelope.beforePrev(offsets[index]);
        int rest = cut + envelope.size(prev(index));
        Bytes out = new Bytes(framed(index, index + 1) + 20);
        out.put(bytes, first, cut - first);
        envelope.number(out, other);
        out.put(bytes, rest, end(index) - rest);
        return events(out.from(0), 1, committed(index + 1));
    }

    /// The index after an element's last byte.
    private int end(int index) {
        if (index + 1 < starts.length) {
            return starts[index + 1] - encoding.separator();
        }
        return starts.length == 1 ? bytes.length : bytes.length - encoding.tail();
    }

    @Override
    long cost() {
        return OVERHEAD + bytes.length + (long) ELEMENT_OVERHEAD * offsets.length;
    }
}
