package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes JSON as UTF-8 into a growing array. Unlike a general generator it never fails: half a
/// surrogate pair, which an attacker can put into any string, becomes U+FFFD.
final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final int REPLACEMENT = 0xFFFD;
    private static final int MAX_BYTES_PER_CHAR = 6;
    private static final int MAX_DIGITS = 19;

    private byte[] bytes;
    private int size;

    JsonWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /// Begins anew in the same memory.
    void clear() {
        size = 0;
    }

    int capacity() {
        return bytes.length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void raw(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    void raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    void value(Object value) {
        if (value instanceof String text) {
            string(text); // nearly all are
            return;
        }
        switch (value) {
            case Long number -> number(number);
            case Boolean flag -> raw(flag ? TRUE : FALSE);
            case Double number -> raw(number.toString().getBytes(US_ASCII));
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> string(value.toString());
        }
    }

    private void number(long number) {
        if (number == Long.MIN_VALUE) {
            raw(Long.toString(number).getBytes(US_ASCII)); // has no positive counterpart
            return;
        }
        room(MAX_DIGITS + 1);
        if (number < 0) {
            bytes[size++] = '-';
        }
        long rest = Math.abs(number);
        int end = size + digits(rest);
        size = end;
        do {
            bytes[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void list(List<?> list) {
        raw('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                raw(',');
            }
            first = false;
            value(element);
        }
        raw(']');
    }

    private void map(Map<?, ?> map) {
        raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                raw(',');
            }
            first = false;
            string(String.valueOf(entry.getKey()));
            raw(':');
            value(entry.getValue());
        }
        raw('}');
    }

    void string(String text) {
        int length = text.length();
        room(length + 2);
        bytes[size++] = '"';
        int at = plain(text, 0);
        while (at < length) {
            // the rest may be longer in UTF-8 than in characters: make room as it shows
            room(MAX_BYTES_PER_CHAR + length - at);
            at = plain(text, special(text, at));
        }
        bytes[size++] = '"';
    }

    /// Copies characters that stand for themselves, for which there is room.
    ///
    /// @return index of the first that does not, or the text's length
    private int plain(String text, int from) {
        byte[] out = bytes;
        int end = size;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (!plain(c)) {
                break;
            }
            out[end++] = (byte) c;
            at++;
        }
        size = end;
        return at;
    }

    /// Writes a character that does not stand for itself.
    ///
    /// @return index of the next
    private int special(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x80) {
            escape(c);
        } else if (at + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(at + 1))) {
            utf8(Character.toCodePoint(c, text.charAt(at + 1)));
            return at + 2;
        } else {
            utf8(Character.isSurrogate(c) ? REPLACEMENT : c);
        }
        return at + 1;
    }

    private static boolean plain(char c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[size++] = (byte) c;
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 15];
            }
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | (point >> 6));
        } else {
            if (point < 0x10000) {
                bytes[size++] = (byte) (0xE0 | (point >> 12));
            } else {
                bytes[size++] = (byte) (0xF0 | (point >> 18));
                bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            }
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        }
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
