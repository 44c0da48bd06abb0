package io.netsentinel.integrations.sink.format;

import io.netsentinel.integrations.Visible;

/// The parts of an RFC 5424 message that are not its text.
public final class StructuredData {
    private static final String NOTHING = "-";

    private StructuredData() {}

    /// A value in structured data, section 6.3.3: `"`, `\` and `]` are escaped. Controls and
    /// characters that turn the direction of writing are shown as `\x1b` or `\u202e`.
    public static String value(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        String visible = Visible.characters(text);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /// A field of the header: printable ASCII without blanks, not too long, `-` when nothing is
    /// left. What is not allowed becomes `_`.
    ///
    /// @param most the longest it may be
    public static String header(String text, int most) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        StringBuilder field = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && i < most; i++) {
            char c = text.charAt(i);
            field.append(c > ' ' && c < 0x7F ? c : '_');
        }
        return field.toString();
    }
}
