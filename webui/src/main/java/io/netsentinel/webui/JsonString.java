package io.netsentinel.webui;

import java.nio.charset.StandardCharsets;

/// Text as a JSON string literal in UTF-8.
final class JsonString {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonString() {}

    static byte[] bytes(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 64).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ') {
                literal.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }
}
