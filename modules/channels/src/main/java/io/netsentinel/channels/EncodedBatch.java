package io.netsentinel.channels;

import java.util.Arrays;
import java.util.Optional;

/// Part of a channel as one view sees it: the events that match, encoded one after another with a
/// comma between, in brackets when there are several; or a hole.
final class EncodedBatch extends Range {
    private static final long[] NO_OFFSETS = {};
    private static final int[] NO_STARTS = {};
    private static final byte[] NO_BYTES = {};
    private static final int ELEMENT_OVERHEAD = 12;

    /// Covers nothing.
    static final EncodedBatch NONE = hole(-1, -1, Gap.Reason.LOST);

    private final byte[] bytes;
    private final long[] offsets;
    private final int[] starts;
    private final long[] expiries;
    private final long prev;
    private final Optional<Gap.Reason> missing;
    private final Step.Events whole;

    private EncodedBatch(Content content, long to, Optional<Gap.Reason> missing) {
        super(content.after, to);
        this.bytes = content.bytes;
        this.offsets = content.offsets;
        this.starts = content.starts;
        this.expiries = content.expiries;
        this.prev = content.prev;
        this.missing = missing;
        this.whole = new Step.Events(bytes, offsets.length);
    }

    /// What an encoder collected.
    ///
    /// @param after position the range begins at
    /// @param prev `prev` of the first element
    /// @param bytes the elements
    /// @param offsets their offsets
    /// @param starts index of the first byte of each element
    /// @param expiries when each expires, milliseconds since 1970, 0 never; empty when none does
    @SuppressWarnings("ArrayRecordComponent") // hands arrays from the encoder over, nothing else
    record Content(
            long after, long prev, byte[] bytes, long[] offsets, int[] starts, long[] expiries) {}

    static EncodedBatch of(Content content, long to) {
        return new EncodedBatch(content, to, Optional.empty());
    }

    /// Nothing matches here.
    ///
    /// @param prev the last matching event before it, as far as known
    static EncodedBatch empty(long after, long to, long prev) {
        return of(new Content(after, prev, NO_BYTES, NO_OFFSETS, NO_STARTS, NO_OFFSETS), to);
    }

    static EncodedBatch hole(long after, long to, Gap.Reason reason) {
        Content none = new Content(after, to, NO_BYTES, NO_OFFSETS, NO_STARTS, NO_OFFSETS);
        return new EncodedBatch(none, to, Optional.of(reason));
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
            return new Step.Events(Arrays.copyOfRange(bytes, first, last), 1);
        }
        byte[] part = Arrays.copyOfRange(bytes, first - 1, last + 1);
        part[0] = '[';
        part[part.length - 1] = ']';
        return new Step.Events(part, to - from);
    }

    /// Bytes of elements as one frame.
    int framed(int from, int to) {
        return end(to - 1) - starts[from] + (to - from == 1 ? 0 : 2);
    }

    /// One element with another `prev`.
    ///
    /// @param envelope what it was encoded with
    Step.Events withPrev(int index, long other, Envelope envelope) {
        int first = starts[index];
        int cut = first + envelope.beforePrev(offsets[index]);
        int rest = cut + Bytes.digits(prev(index));
        Bytes out = new Bytes(framed(index, index + 1) + 20);
        out.put(bytes, first, cut - first).put(other).put(bytes, rest, end(index) - rest);
        return new Step.Events(out.from(0), 1);
    }

    /// The index after an element's last byte.
    private int end(int index) {
        if (index + 1 < starts.length) {
            return starts[index + 1] - 1;
        }
        return starts.length == 1 ? bytes.length : bytes.length - 1;
    }

    @Override
    long cost() {
        return OVERHEAD + bytes.length + (long) ELEMENT_OVERHEAD * offsets.length;
    }
}
