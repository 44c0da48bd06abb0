package io.netsentinel.integrations;

import java.util.Arrays;

/// Cuts a stream of bytes into lines without ever holding more than one line and its limit. A line
/// that is longer is streamed over and counted; NUL bytes before a line (a hole that truncation
/// leaves in a file) are taken out.
public final class LineSplitter {
    /// Takes the lines. A result of `false` stops the splitter; it can be fed no more then.
    public interface Lines {
        /// A line, without its end. It may be empty.
        ///
        /// @param end position after the line's end
        boolean line(byte[] bytes, int offset, int length, long end);

        /// A line that is longer than the limit.
        ///
        /// @param sample its beginning
        /// @param length its whole length
        /// @param end position after the line's end
        boolean overlong(byte[] sample, long length, long end);

        /// NUL bytes stood before the line that comes next.
        void nuls(long count);
    }

    private static final int SAMPLE = 4_096;
    private static final byte[] NOTHING = {};

    private final int limit;
    private final Lines lines;

    private byte[] partial = NOTHING;
    private int partialLength;
    private byte[] sample = NOTHING;
    private long skipped;
    private long nuls;
    private long position;
    private boolean stopped;

    /// @param limit most bytes of a line
    public LineSplitter(int limit, Lines lines) {
        this.limit = limit;
        this.lines = lines;
    }

    /// Begins anew at that position of the stream, forgetting what was fed before.
    public void reset(long start) {
        position = start;
        partialLength = 0;
        sample = NOTHING;
        skipped = 0;
        nuls = 0;
    }

    /// Position of the next byte to be fed.
    public long position() {
        return position;
    }

    /// Whether a line was told to be the last.
    public boolean stopped() {
        return stopped;
    }

    /// Takes the next bytes.
    public void feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && !stopped) {
            int newline = ByteScan.lineFeed(bytes, at, end);
            if (newline < 0) {
                keep(bytes, at, end - at);
                position += end - at;
                return;
            }
            position += newline + 1 - at;
            complete(bytes, at, newline - at);
            at = newline + 1;
        }
    }

    /// The end of the stream: what is left is a line without an end.
    public void finish() {
        if (!stopped && (partialLength > 0 || skipped > 0)) {
            complete(NOTHING, 0, 0);
        }
    }

    /// Whether what is left looks like a complete JSON object, which only misses its line end. A
    /// part of an object never does, so it can be taken without waiting for more.
    public boolean completeObject() {
        return skipped == 0 && JsonShape.completeObject(partial, 0, partialLength);
    }

    /// Whether there are bytes of a line that has no end yet.
    public boolean hasPartial() {
        return partialLength > 0 || skipped > 0;
    }

    private void complete(byte[] bytes, int offset, int length) {
        if (skipped > 0) {
            sample(bytes, offset, length);
            overlong(length);
        } else if (partialLength == 0) {
            whole(bytes, offset, length);
        } else if (partialLength + length > limit) {
            keep(bytes, offset, length);
            overlong(0);
        } else {
            keep(bytes, offset, length);
            int full = partialLength;
            partialLength = 0;
            emit(partial, 0, full);
        }
    }

    private void whole(byte[] bytes, int offset, int length) {
        int zeros = zeros(bytes, offset, length);
        nuls += zeros;
        if (length - zeros > limit) {
            keep(bytes, offset + zeros, length - zeros);
            overlong(0);
        } else {
            emit(bytes, offset + zeros, length - zeros);
        }
    }

    private void overlong(int more) {
        long full = skipped + more;
        byte[] beginning = sample;
        skipped = 0;
        sample = NOTHING;
        reportNuls();
        stopped = !lines.overlong(beginning, full, position);
    }

    private void emit(byte[] bytes, int offset, int length) {
        reportNuls();
        boolean carriageReturn = length > 0 && bytes[offset + length - 1] == '\r';
        stopped = !lines.line(bytes, offset, carriageReturn ? length - 1 : length, position);
    }

    private void reportNuls() {
        if (nuls > 0) {
            lines.nuls(nuls);
            nuls = 0;
        }
    }

    private static int zeros(byte[] bytes, int offset, int length) {
        int count = 0;
        while (count < length && bytes[offset + count] == 0) {
            count++;
        }
        return count;
    }

    private void keep(byte[] bytes, int offset, int length) {
        int from = offset;
        int size = length;
        if (partialLength == 0 && skipped == 0) {
            int zeros = zeros(bytes, offset, length);
            nuls += zeros;
            from += zeros;
            size -= zeros;
        }
        if (skipped > 0) {
            skipped += size;
            sample(bytes, from, size);
        } else if (partialLength + size > limit) {
            skip(bytes, from, size);
        } else {
            append(bytes, from, size);
        }
    }

    private void skip(byte[] bytes, int offset, int length) {
        skipped = (long) partialLength + length;
        sample(partial, 0, partialLength);
        sample(bytes, offset, length);
        partialLength = 0;
        partial = NOTHING;
    }

    private void sample(byte[] bytes, int offset, int length) {
        int had = sample.length;
        int more = Math.min(length, SAMPLE - had);
        if (more > 0) {
            sample = Arrays.copyOf(sample, had + more);
            System.arraycopy(bytes, offset, sample, had, more);
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (partial.length < partialLength + length) {
            partial = Arrays.copyOf(partial, Math.max(partialLength + length, partial.length * 2));
        }
        System.arraycopy(bytes, offset, partial, partialLength, length);
        partialLength += length;
    }
}
