package io.netsentinel.events;

/// A pattern of `*` (any characters, also none) and `?` (one character), compared without regard to
/// case. Takes time proportional to text times pattern at the very worst.
final class Glob {
    private final String pattern;

    Glob(String pattern) {
        this.pattern = pattern;
    }

    boolean matches(String text) {
        int t = 0;
        int p = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char wanted, char c) {
        return wanted == '?'
                || wanted == c
                || Character.toLowerCase(Character.toUpperCase(wanted))
                        == Character.toLowerCase(Character.toUpperCase(c));
    }
}
