package io.netsentinel.integrations.sink.format;

import io.netsentinel.integrations.Visible;

/// Text as it stands in a Common Event Format message (revision 25): `|` and `\` are escaped in the
/// header, `=` and `\` in the extension, line ends are `\n` and `\r` there and blanks in the
/// header, which knows no escape for them. Other controls and characters that turn the direction of
/// writing are shown as `\x1b` or `\u202e`.
public final class Cef {
    private static final int LONGEST = 1_023;

    private Cef() {}

    /// A field of the header.
    public static String header(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return cut(Visible.characters(line)).replace("\\", "\\\\").replace("|", "\\|");
    }

    /// A value in the extension.
    public static String value(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        cut(text).codePoints().forEach(c -> escape(c, escaped));
        return escaped.toString();
    }

    private static void escape(int c, StringBuilder escaped) {
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\\' -> escaped.append("\\\\");
            case '=' -> escaped.append("\\=");
            default -> {
                if (c >= ' ' && c < 0x7F) {
                    escaped.append((char) c);
                } else {
                    String shown = Visible.characters(Character.toString(c));
                    escaped.append(shown.replace("\\", "\\\\"));
                }
            }
        }
    }

    /// Collectors cut values themselves, and then not always between two characters.
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }
}
