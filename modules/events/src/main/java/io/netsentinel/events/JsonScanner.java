package io.netsentinel.events;

import java.nio.charset.StandardCharsets;

/// Walks over JSON in UTF-8 by its bytes, without making objects of anything. For JSON this server
/// wrote or checked itself: what is not JSON is found out as far as it matters for staying within
/// the text.
final class JsonScanner {
    private final byte[] in;
    private int at;
    private boolean escaped;

    JsonScanner(byte[] json) {
        this.in = json;
    }

    int at() {
        return at;
    }

    /// The next byte that is not white space; 0 at the end.
    int peek() {
        while (at < in.length) {
            byte b = in[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return 0;
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed();
        }
        at++;
    }

    /// Passes a comma, or the end of an object or array.
    ///
    /// @return false at the end
    boolean more(char end) {
        int next = peek();
        at++;
        if (next == ',') {
            return true;
        }
        if (next != end) {
            throw malformed();
        }
        return false;
    }

    /// Passes the opening bracket; the closing one too when nothing is between.
    ///
    /// @return false when it is empty
    boolean open(char begin, char end) {
        expect(begin);
        if (peek() == end) {
            at++;
            return false;
        }
        return true;
    }

    /// Passes a literal.
    void literal(byte[] word) {
        if (in.length - at < word.length) {
            throw malformed();
        }
        for (byte b : word) {
            if (in[at++] != b) {
                throw malformed();
            }
        }
    }

    /// Passes a string with its quotes.
    ///
    /// @return whether it has an escape
    boolean string() {
        expect('"');
        at = closed(at);
        return escaped;
    }

    /// Says in `escaped`, too, whether there was an escape.
    ///
    /// @param from index behind the opening quote
    /// @return index behind the closing one
    private int closed(int from) {
        byte[] bytes = in;
        boolean backslash = false;
        for (int i = from; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '"') {
                escaped = backslash;
                return i + 1;
            }
            if (b == '\\') {
                backslash = true;
                i++;
            }
        }
        at = bytes.length;
        throw malformed();
    }

    /// Passes a number.
    ///
    /// @return whether it is a whole one, without point and exponent
    boolean number() {
        int start = at;
        boolean whole = true;
        while (at < in.length) {
            byte b = in[at];
            if (b == '.' || b == 'e' || b == 'E') {
                whole = false;
            } else if ((b < '0' || b > '9') && b != '-' && b != '+') {
                break;
            }
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return whole;
    }

    /// Passes a value of any kind.
    void value() {
        int first = peek();
        if (first == '"') {
            at = closed(at + 1);
        } else if (first == '{' || first == '[') {
            nested();
        } else {
            scalar();
        }
    }

    private void scalar() {
        int start = at;
        while (at < in.length && !ends(in[at])) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private static boolean ends(byte b) {
        return b == ',' || b == '}' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void nested() {
        byte[] bytes = in;
        int depth = 0;
        int i = at;
        while (i < bytes.length) {
            switch (bytes[i++]) {
                case '"' -> i = closed(i);
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        at = i;
                        return;
                    }
                }
                default -> {}
            }
        }
        at = i;
        throw malformed();
    }

    /// The text of a string, its escapes resolved.
    ///
    /// @param from index behind the opening quote
    /// @param to index of the closing quote
    byte[] unescaped(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int copied = from;
        for (int i = from; i < to; i++) {
            if (in[i] == '\\') {
                append(text, copied, i);
                i++;
                text.append(escape(i));
                i += in[i] == 'u' ? 4 : 0;
                copied = i + 1;
            }
        }
        append(text, copied, to);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                text.setCharAt(i, '\uFFFD');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(StringBuilder text, int from, int to) {
        if (to > from) {
            text.append(new String(in, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private char escape(int i) {
        return switch (in[i]) {
            case '"', '\\', '/' -> (char) in[i];
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit(i + 1);
            default -> throw malformed();
        };
    }

    private char codeUnit(int from) {
        try {
            return (char) Integer.parseInt(ascii(from, from + 4), 16);
        } catch (NumberFormatException _) {
            throw malformed();
        }
    }

    String ascii(int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }

    MalformedEventException malformed() {
        return new MalformedEventException("not JSON at byte " + at);
    }
}
