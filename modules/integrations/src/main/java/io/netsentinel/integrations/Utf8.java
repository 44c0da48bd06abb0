package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// Bytes that should be UTF-8 and may not be.
public final class Utf8 {
    private Utf8() {}

    /// Whether the bytes are UTF-8 throughout.
    public static boolean valid(byte[] bytes, int offset, int length) {
        return ByteScan.ascii(bytes, offset, offset + length) || decodes(bytes, offset, length);
    }

    private static boolean decodes(byte[] bytes, int offset, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// The bytes with U+FFFD in place of what is not UTF-8.
    public static byte[] repaired(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, UTF_8).getBytes(UTF_8);
    }

    /// The beginning as text, cut between two characters.
    ///
    /// @param limit most bytes to take
    public static String head(byte[] bytes, int offset, int length, int limit) {
        int end = Math.min(length, limit);
        // never in the middle of a character: step back over continuation bytes
        while (end > 0 && end < length && (bytes[offset + end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, offset, end, UTF_8);
    }
}
