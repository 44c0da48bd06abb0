package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/// Foreign bytes as text that does nothing wherever it is printed: control characters, characters
/// that turn the direction of writing, and what is not UTF-8 are written as `\x1b` or `\u202e`.
public final class Visible {
    private static final HexFormat HEX = HexFormat.of();

    private Visible() {}

    /// Bytes as text.
    ///
    /// @param limit most bytes to show
    public static String text(byte[] bytes, int offset, int length, int limit) {
        int shown = Math.min(length, limit);
        if (Utf8.valid(bytes, offset, shown)) {
            return characters(new String(bytes, offset, shown, UTF_8));
        }
        StringBuilder text = new StringBuilder(shown + 16);
        for (int i = offset; i < offset + shown; i++) {
            byte b = bytes[i];
            if (b >= 0x20 && b < 0x7F) {
                text.append((char) b);
            } else {
                text.append("\\x").append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    /// Text with the characters that do something escaped.
    public static String characters(String foreign) {
        StringBuilder text = new StringBuilder(foreign.length() + 16);
        foreign.codePoints().forEach(c -> append(text, c));
        return text.toString();
    }

    private static void append(StringBuilder text, int c) {
        if (Character.isISOControl(c)) {
            text.append("\\x").append(HEX.toHexDigits((byte) c));
            return;
        }
        switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> {
                for (char half : Character.toChars(c)) {
                    text.append("\\u").append(HEX.toHexDigits((short) half));
                }
            }
            default -> text.appendCodePoint(c);
        }
    }
}
