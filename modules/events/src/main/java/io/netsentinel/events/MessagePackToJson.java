package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Turns MessagePack nobody trusts into JSON. A length is believed only as far as there are bytes
/// for it.
final class MessagePackToJson {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final byte[] in;
    private final int maxDepth;
    private final JsonWriter out;

    /// Refuses what is not UTF-8.
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    private int at;
    private int depth;

    MessagePackToJson(byte[] packed, int maxDepth) {
        this.in = packed;
        this.maxDepth = maxDepth;
        this.out = new JsonWriter(packed.length + packed.length / 2);
    }

    byte[] convert() {
        value();
        if (at < in.length) {
            throw new MessagePackException("there is something behind the value", at);
        }
        return out.toBytes();
    }

    private void value() {
        int code = (int) unsigned(1);
        if (code < 0x80) {
            integer(code);
        } else if (code < 0x90) {
            map(code & 0x0F);
        } else if (code < 0xA0) {
            array(code & 0x0F);
        } else if (code < 0xC0) {
            out.string(text(code & 0x1F));
        } else if (code >= 0xE0) {
            integer((byte) code);
        } else {
            longer(code);
        }
    }

    private void longer(int code) {
        switch (code) {
            case 0xC0 -> out.raw(NULL);
            case 0xC2 -> out.value(false);
            case 0xC3 -> out.value(true);
            case 0xCA -> real(Float.intBitsToFloat((int) unsigned(4)));
            case 0xCB -> real(Double.longBitsToDouble(unsigned(8)));
            case 0xCC -> integer(unsigned(1));
            case 0xCD -> integer(unsigned(2));
            case 0xCE -> integer(unsigned(4));
            case 0xCF -> out.raw(Long.toUnsignedString(unsigned(8)).getBytes(US_ASCII));
            case 0xD0 -> integer(signed(1));
            case 0xD1 -> integer(signed(2));
            case 0xD2 -> integer(signed(4));
            case 0xD3 -> integer(signed(8));
            case 0xD9 -> out.string(text(unsigned(1)));
            case 0xDA -> out.string(text(unsigned(2)));
            case 0xDB -> out.string(text(unsigned(4)));
            case 0xDC -> array(unsigned(2));
            case 0xDD -> array(unsigned(4));
            case 0xDE -> map(unsigned(2));
            case 0xDF -> map(unsigned(4));
            case 0xC4, 0xC5, 0xC6 -> throw refused("binary is not accepted, use strings");
            case 0xC1 -> throw refused("a code that MessagePack does not have");
            default -> throw refused("extension types are not accepted");
        }
    }

    private MessagePackException refused(String reason) {
        return new MessagePackException(reason, at - 1);
    }

    private void array(long entries) {
        enter(entries, 1);
        out.raw('[');
        for (long i = 0; i < entries; i++) {
            if (i > 0) {
                out.raw(',');
            }
            value();
        }
        out.raw(']');
        depth--;
    }

    private void map(long entries) {
        enter(entries, 2);
        Set<String> keys = new HashSet<>();
        out.raw('{');
        for (long i = 0; i < entries; i++) {
            if (i > 0) {
                out.raw(',');
            }
            int start = at;
            String key = key();
            if (!keys.add(key)) {
                throw new MessagePackException("a key is there twice", start);
            }
            out.string(key);
            out.raw(':');
            value();
        }
        out.raw('}');
        depth--;
    }

    /// @param least bytes of an entry
    private void enter(long entries, int least) {
        if (entries * least > in.length - at) {
            throw refused("a map or array is shorter than it says");
        }
        if (++depth > maxDepth) {
            throw refused("maps and arrays are nested deeper than " + maxDepth + " levels");
        }
    }

    private String key() {
        int code = (int) unsigned(1);
        if (code >= 0xA0 && code < 0xC0) {
            return text(code & 0x1F);
        }
        return switch (code) {
            case 0xD9 -> text(unsigned(1));
            case 0xDA -> text(unsigned(2));
            case 0xDB -> text(unsigned(4));
            default -> throw refused("a key is not a string");
        };
    }

    private String text(long length) {
        if (length > in.length - at) {
            throw refused("a string is shorter than it says");
        }
        int start = at;
        at += (int) length;
        try {
            return utf8.decode(ByteBuffer.wrap(in, start, (int) length)).toString();
        } catch (CharacterCodingException _) {
            throw new MessagePackException("a string is not UTF-8", start);
        }
    }

    private void integer(long number) {
        out.value(number);
    }

    private void real(double number) {
        if (!Double.isFinite(number)) {
            throw refused("a number that is infinite or none");
        }
        out.value(number);
    }

    private long signed(int bytes) {
        int unused = Long.SIZE - Byte.SIZE * bytes;
        return unsigned(bytes) << unused >> unused;
    }

    private long unsigned(int bytes) {
        if (in.length - at < bytes) {
            throw new MessagePackException("the value is not complete", in.length);
        }
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = (number << 8) | (in[at++] & 0xFF);
        }
        return number;
    }
}
