package io.netsentinel.integrations.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/// A stored JSON object as one line that does nothing wherever it is printed: controls, line
/// separators and characters that turn the direction of writing are written as `\u202e`. Inside
/// strings that means the same, and outside of strings valid JSON has none of them but white space,
/// which becomes a blank.
public final class SafeJson {
    private static final HexFormat HEX = HexFormat.of();

    private SafeJson() {}

    /// The same object; the array itself when there is nothing to change.
    public static byte[] line(byte[] json) {
        return plain(json) ? json : escape(new String(json, UTF_8)).getBytes(UTF_8);
    }

    private static boolean plain(byte[] json) {
        for (byte b : json) {
            if (b < 0x20 || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String json) {
        StringBuilder text = new StringBuilder(json.length() + 16);
        json.codePoints()
                .forEach(c -> {
                    if (c < 0x20) {
                        text.append(' ');
                    } else if (doesSomething(c)) {
                        for (char half : Character.toChars(c)) {
                            text.append("\\u").append(HEX.toHexDigits((short) half));
                        }
                    } else {
                        text.appendCodePoint(c);
                    }
                });
        return text.toString();
    }

    private static boolean doesSomething(int c) {
        return Character.isISOControl(c)
                || switch (Character.getType(c)) {
                    case Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE ->
                            true;
                    default -> false;
                };
    }
}
