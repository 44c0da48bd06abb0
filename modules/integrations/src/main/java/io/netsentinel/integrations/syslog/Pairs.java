package io.netsentinel.integrations.syslog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The `key=value` pairs of a message, keys in lower case; a value may stand in quotes. Of a
/// doubled key the first counts: what stands at the end may be foreign text.
final class Pairs {
    private static final int MOST = 100;
    private static final int LONGEST_KEY = 32;
    private static final int LONGEST_VALUE = 1_024;

    private Pairs() {}

    static Map<String, String> of(String text) {
        Map<String, String> pairs = new HashMap<>();
        int equals = text.indexOf('=');
        while (equals >= 0 && pairs.size() < MOST) {
            int start = equals;
            while (start > 0
                    && equals - start < LONGEST_KEY
                    && keyCharacter(text.charAt(start - 1))) {
                start--;
            }
            int end = end(text, equals + 1);
            boolean quoted = equals + 1 < text.length() && text.charAt(equals + 1) == '"';
            if (start < equals) {
                int from = quoted ? equals + 2 : equals + 1;
                pairs.putIfAbsent(
                        text.substring(start, equals).toLowerCase(Locale.ROOT),
                        text.substring(from, Math.min(end, from + LONGEST_VALUE)));
            }
            equals = text.indexOf('=', end);
        }
        return pairs;
    }

    private static boolean keyCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    /// Where a value ends that begins there.
    private static int end(String text, int from) {
        boolean quoted = from < text.length() && text.charAt(from) == '"';
        int end = text.indexOf(quoted ? '"' : ' ', quoted ? from + 1 : from);
        return end < 0 ? text.length() : end;
    }
}
