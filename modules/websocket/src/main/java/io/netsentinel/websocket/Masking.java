package io.netsentinel.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Takes the client's mask off (RFC 6455 5.3).
final class Masking {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Masking() {}

    /// Unmasks in place.
    ///
    /// @param key the four key bytes, first one highest
    /// @param position where in the frame's payload `from` is
    static void unmask(byte[] bytes, int from, int to, int key, long position) {
        int turned = Integer.rotateLeft(key, 8 * (int) (position & 3));
        long wide = ((long) turned << 32) | (turned & 0xFFFFFFFFL);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
        }
        for (int i = 0; at < to; i++, at++) {
            bytes[at] ^= (byte) (turned >>> (24 - 8 * (i & 3)));
        }
    }
}
