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

    private byte[] bytes;
    private int size;

    JsonWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
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
        switch (value) {
            case String text -> string(text);
            case Long number -> raw(number.toString().getBytes(US_ASCII));
            case Boolean flag -> raw(flag ? TRUE : FALSE);
            case Double number -> raw(number.toString().getBytes(US_ASCII));
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> string(value.toString());
        }
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
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                bytes[size++] = (byte) c;
                continue;
            }
            // the rest may be longer in UTF-8 than in characters: make room as it shows
            room(MAX_BYTES_PER_CHAR + length - i);
            if (c < 0x80) {
                escape(c);
            } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                i++;
                utf8(Character.toCodePoint(c, text.charAt(i)));
            } else {
                utf8(Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        bytes[size++] = '"';
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
