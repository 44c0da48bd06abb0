package io.netsentinel.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Checks UTF-8 while it arrives and fails at the first byte that cannot be right (RFC 6455 8.1).
final class Utf8 {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    /// Continuation bytes the current code point still needs, and the range of the next one.
    private int missing;

    private int lowest;
    private int highest;

    /// Checks the next bytes.
    ///
    /// @return false when they are not UTF-8
    boolean accept(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (missing == 0) {
                at = skipAscii(bytes, at, to);
                if (at < to && !lead(bytes[at++] & 0xFF)) {
                    return false;
                }
            } else if (!continuation(bytes[at++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /// True when no code point is cut off.
    boolean complete() {
        return missing == 0;
    }

    static boolean valid(byte[] bytes, int from, int to) {
        Utf8 check = new Utf8();
        return check.accept(bytes, from, to) && check.complete();
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
            at += 8;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /// The first byte of a code point; the second one's range excludes overlong forms, surrogates
    /// and everything above U+10FFFF.
    private boolean lead(int value) {
        lowest = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
        highest = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        return value >= 0xC2 && value <= 0xF4;
    }

    private boolean continuation(int value) {
        boolean valid = value >= lowest && value <= highest;
        lowest = 0x80;
        highest = 0xBF;
        missing--;
        return valid;
    }
}
