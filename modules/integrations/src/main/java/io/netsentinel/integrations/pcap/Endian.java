package io.netsentinel.integrations.pcap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in bytes, in either order.
final class Endian {
    private static final VarHandle SHORT_BIG = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LITTLE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BIG = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LITTLE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BIG = view(long[].class, ByteOrder.BIG_ENDIAN);

    private Endian() {}

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /// In the order of the network.
    static int u16(byte[] bytes, int at) {
        return (short) SHORT_BIG.get(bytes, at) & 0xFFFF;
    }

    static int u16(byte[] bytes, int at, boolean big) {
        return (short) (big ? SHORT_BIG : SHORT_LITTLE).get(bytes, at) & 0xFFFF;
    }

    /// In the order of the network.
    static long u32(byte[] bytes, int at) {
        return (int) INT_BIG.get(bytes, at) & 0xFFFF_FFFFL;
    }

    static long u32(byte[] bytes, int at, boolean big) {
        return (int) (big ? INT_BIG : INT_LITTLE).get(bytes, at) & 0xFFFF_FFFFL;
    }

    static long i64(byte[] bytes, int at) {
        return (long) LONG_BIG.get(bytes, at);
    }

    static long i64(byte[] bytes, int at, boolean big) {
        long value = i64(bytes, at);
        return big ? value : Long.reverseBytes(value);
    }
}
