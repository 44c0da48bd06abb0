package io.netsentinel.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/// Makes a message's compressed payload (RFC 7692 7.2.1), each message from nothing.
final class Compressor {
    static final byte[] NOT_SMALLER = {};

    private static final int SCRATCH = 32 << 10;

    /// The empty block at the end of a flush, which does not go over the wire.
    private static final int TAIL = 4;

    /// Fast rather than small: without context takeover the higher levels gain little.
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private final byte[] scratch = new byte[SCRATCH];
    private byte[] out = scratch;
    private int limit;
    private int length;

    /// Compresses a message that stands in several arrays, one after another.
    ///
    /// @param total bytes of all pieces, not 0
    /// @return the payload, or [#NOT_SMALLER], which has no bytes
    byte[] compress(List<byte[]> pieces, int total) {
        begin(total);
        try {
            for (byte[] piece : pieces) {
                add(piece, 0, piece.length);
            }
            return finish();
        } finally {
            deflater.reset();
            out = scratch;
        }
    }

    /// Compresses a message that is a part of an array.
    byte[] compress(byte[] source, int offset, int count) {
        begin(count);
        try {
            add(source, offset, count);
            return finish();
        } finally {
            deflater.reset();
            out = scratch;
        }
    }

    /// Frees the native memory.
    void end() {
        deflater.end();
    }

    /// What does not become smaller is not wanted, so there is no more room than that.
    private void begin(int total) {
        limit = Math.addExact(total, TAIL);
        if (limit > scratch.length) {
            out = new byte[limit];
        }
        length = 0;
    }

    private void add(byte[] source, int offset, int count) {
        deflater.setInput(source, offset, count);
        while (!deflater.needsInput() && length < limit) {
            length += deflater.deflate(out, length, limit - length, Deflater.NO_FLUSH);
        }
    }

    private byte[] finish() {
        int added = 1;
        while (added > 0 && length < limit) {
            added = deflater.deflate(out, length, limit - length, Deflater.SYNC_FLUSH);
            length += added;
        }
        return length < limit ? Arrays.copyOf(out, length - TAIL) : NOT_SMALLER;
    }
}
