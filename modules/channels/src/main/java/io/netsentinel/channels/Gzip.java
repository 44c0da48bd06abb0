package io.netsentinel.channels;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Makes gzip (RFC 1952). Compressors are expensive to make, so a few are kept.
final class Gzip {
    /// Events in one frame repeat each other so much that more effort finds little more: measured
    /// in `docs/performance.md`.
    static final int LEVEL = 1;

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    private static final int TRAILER = 8;
    private static final ArrayBlockingQueue<Deflater> KEPT =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    private Gzip() {}

    static byte[] of(byte[] plain) {
        return of(plain, LEVEL);
    }

    static byte[] of(byte[] plain, int level) {
        Deflater kept = level == LEVEL ? KEPT.poll() : null;
        Deflater deflater = kept == null ? new Deflater(level, true) : kept;
        try {
            return write(deflater, plain);
        } finally {
            deflater.reset();
            if (level != LEVEL || !KEPT.offer(deflater)) {
                deflater.end();
            }
        }
    }

    private static byte[] write(Deflater deflater, byte[] plain) {
        byte[] out = Arrays.copyOf(HEADER, HEADER.length + TRAILER + 64 + plain.length / 2);
        int size = HEADER.length;
        deflater.setInput(plain);
        deflater.finish();
        while (!deflater.finished()) {
            if (out.length - size <= TRAILER) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            size += deflater.deflate(out, size, out.length - size - TRAILER);
        }
        CRC32 crc = new CRC32();
        crc.update(plain);
        size = littleEndian(out, size, crc.getValue());
        size = littleEndian(out, size, plain.length);
        return Arrays.copyOf(out, size);
    }

    private static int littleEndian(byte[] out, int at, long value) {
        for (int i = 0; i < 4; i++) {
            out[at + i] = (byte) (value >>> (8 * i));
        }
        return at + 4;
    }
}
