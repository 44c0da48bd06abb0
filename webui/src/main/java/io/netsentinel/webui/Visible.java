package io.netsentinel.webui;

/// Makes foreign text say what it holds. Control characters, and characters that are invisible or
/// turn the direction of what follows (bidi overrides, zero-width spaces), are shown by their code
/// point, so that nobody can make one host name look like another. Line ends and tabs stay.
final class Visible {
    private Visible() {}

    /// The text itself when there is nothing to show, which is nearly always.
    static String of(String text) {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (hidden(codePoint)) {
                return rewrite(text, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    private static boolean hidden(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7F) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    codePoint != '\n' && codePoint != '\t';
            default -> false;
        };
    }

    private static String rewrite(String text, int from) {
        StringBuilder out = new StringBuilder(text.length() + 32).append(text, 0, from);
        text.substring(from).codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int codePoint) {
        if (hidden(codePoint)) {
            out.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        } else {
            out.appendCodePoint(codePoint);
        }
    }
}
