package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.util.Arrays;

/// Turns JSON into MessagePack in one go over its bytes.
///
/// A map says at its beginning how many entries it has, and JSON says that at its end: room for the
/// shortest header is left, and a map or array of more than 15 entries is moved by the few bytes
/// its header is longer.
final class JsonToMessagePack {
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final int FIXED = 15;
    private static final int FIXED_STRING = 31;

    /// Deeper than anything that is let in.
    private static final int MAX_DEPTH = 200;

    /// Digits that fit into 64 bits whatever they are.
    private static final int SURE_DIGITS = 18;

    private final byte[] in;
    private final JsonScanner scan;
    private byte[] out;
    private int size;
    private int depth;

    JsonToMessagePack(byte[] json) {
        this.in = json;
        this.scan = new JsonScanner(json);
        this.out = new byte[Math.max(16, json.length)];
    }

    byte[] convert() {
        try {
            value();
        } catch (IndexOutOfBoundsException | NumberFormatException _) {
            throw scan.malformed(); // it ends within an escape, or a number is none
        }
        if (scan.peek() != 0) {
            throw scan.malformed();
        }
        return size == out.length ? out : Arrays.copyOf(out, size);
    }

    private void value() {
        switch (scan.peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal(TRUE, 0xC3);
            case 'f' -> literal(FALSE, 0xC2);
            case 'n' -> literal(NULL, 0xC0);
            default -> number();
        }
    }

    private void literal(byte[] word, int code) {
        scan.literal(word);
        code(code);
    }

    private void object() {
        enter();
        int header = size;
        code(0);
        int entries = 0;
        boolean more = scan.open('{', '}');
        while (more) {
            scan.peek();
            string();
            scan.expect(':');
            value();
            entries++;
            more = scan.more('}');
        }
        header(header, entries, 0x80, 0xDE);
        depth--;
    }

    private void array() {
        enter();
        int header = size;
        code(0);
        int entries = 0;
        boolean more = scan.open('[', ']');
        while (more) {
            value();
            entries++;
            more = scan.more(']');
        }
        header(header, entries, 0x90, 0xDC);
        depth--;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw scan.malformed();
        }
    }

    /// Writes the header of what stands behind it.
    ///
    /// @param fixed code of the shortest form
    /// @param longer code of the form with 16 bits; the one with 32 comes after it
    private void header(int at, int entries, int fixed, int longer) {
        if (entries <= FIXED) {
            out[at] = (byte) (fixed | entries);
            return;
        }
        int bytes = entries < 0x1_0000 ? 2 : 4;
        room(bytes);
        System.arraycopy(out, at + 1, out, at + 1 + bytes, size - at - 1);
        size += bytes;
        out[at] = (byte) (bytes == 2 ? longer : longer + 1);
        MessagePack.bigEndian(out, at + 1, entries, bytes);
    }

    private void string() {
        int start = scan.at() + 1;
        boolean escaped = scan.string();
        int end = scan.at() - 1;
        if (escaped) {
            byte[] text = scan.unescaped(start, end);
            string(text, 0, text.length);
        } else {
            string(in, start, end);
        }
    }

    private void string(byte[] source, int from, int to) {
        int length = to - from;
        room(5 + length);
        if (length <= FIXED_STRING) {
            out[size++] = (byte) (0xA0 | length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x1_0000 ? 2 : 4;
            out[size++] = (byte) (bytes == 1 ? 0xD9 : bytes == 2 ? 0xDA : 0xDB);
            size = MessagePack.bigEndian(out, size, length, bytes);
        }
        System.arraycopy(source, from, out, size, length);
        size += length;
    }

    private void number() {
        int start = scan.at();
        boolean whole = scan.number();
        int end = scan.at();
        if (!whole) {
            real(start, end);
        } else if (end - start <= SURE_DIGITS) {
            integer(start, end);
        } else {
            large(start, end);
        }
    }

    private void integer(int start, int end) {
        boolean negative = in[start] == '-';
        int first = negative ? start + 1 : start;
        if (first == end) {
            throw scan.malformed();
        }
        long number = 0;
        for (int i = first; i < end; i++) {
            int digit = in[i] - '0';
            if (digit < 0 || digit > 9) {
                throw scan.malformed();
            }
            number = number * 10 + digit;
        }
        integer(negative ? -number : number);
    }

    private void integer(long number) {
        room(9);
        if (number >= 0) {
            size = MessagePack.put(out, size, number);
        } else if (number >= -32) {
            out[size++] = (byte) number;
        } else {
            negative(number);
        }
    }

    private void negative(long number) {
        int bytes = number >= -0x80 ? 1 : number >= -0x8000 ? 2 : number >= -0x8000_0000L ? 4 : 8;
        out[size++] =
                (byte)
                        switch (bytes) {
                            case 1 -> 0xD0;
                            case 2 -> 0xD1;
                            case 4 -> 0xD2;
                            default -> 0xD3;
                        };
        size = MessagePack.bigEndian(out, size, number, bytes);
    }

    private void large(int start, int end) {
        BigInteger number = new BigInteger(scan.ascii(start, end));
        if (number.bitLength() < Long.SIZE) {
            integer(number.longValue());
        } else if (number.signum() > 0 && number.bitLength() == Long.SIZE) {
            code(0xCF);
            room(8);
            size = MessagePack.bigEndian(out, size, number.longValue(), 8);
        } else {
            real(start, end);
        }
    }

    private void real(int start, int end) {
        double number = Double.parseDouble(scan.ascii(start, end));
        code(0xCB);
        room(8);
        size = MessagePack.bigEndian(out, size, Double.doubleToRawLongBits(number), 8);
    }

    private void code(int code) {
        room(1);
        out[size++] = (byte) code;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > out.length) {
            out = Arrays.copyOf(out, Math.max(needed, out.length + (out.length >> 1)));
        }
    }
}
