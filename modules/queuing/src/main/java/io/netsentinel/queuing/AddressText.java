package io.netsentinel.queuing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Finds an address in text, in any way of writing it: IPv4 with four numbers, also within an IPv6
/// address; IPv6 long, short and in capitals; and the name its reverse look-up has. Only whole: it
/// does not find `10.0.0.1` in `10.0.0.12` or `110.0.0.1`.
final class AddressText {

    private static final int LONGEST = 64;
    private static final int SHORTEST = 3;
    private static final int COLONS = 7;

    private final InetAddress address;
    private final byte[] dotted;
    private final byte[] reverse;

    AddressText(InetAddress address) {
        this.address = address;
        boolean four = address instanceof Inet4Address;
        this.dotted = four ? ascii(address.getHostAddress()) : new byte[0];
        this.reverse = ascii(four ? reverse4(address) : reverse6(address));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String reverse4(InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder text = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            text.append(Byte.toUnsignedInt(bytes[i])).append('.');
        }
        return text + "in-addr.arpa";
    }

    private static String reverse6(InetAddress address) {
        String digits = HexFormat.of().formatHex(address.getAddress());
        StringBuilder text = new StringBuilder();
        for (int i = digits.length() - 1; i >= 0; i--) {
            text.append(digits.charAt(i)).append('.');
        }
        return text + "ip6.arpa";
    }

    boolean in(byte[] text) {
        return dotted(text) || colons(text) || reversed(text);
    }

    private boolean dotted(byte[] text) {
        for (int at = dotted.length == 0 ? -1 : find(text, dotted, 0);
                at >= 0;
                at = find(text, dotted, at + 1)) {
            if (begins(text, at) && ends(text, at + dotted.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean reversed(byte[] text) {
        for (int at = find(text, reverse, 0); at >= 0; at = find(text, reverse, at + 1)) {
            if (begins(text, at)) {
                return true;
            }
        }
        return false;
    }

    /// Not in the middle of a longer number or of more numbers. A letter may stand before it: in
    /// JSON it is the end of `\n`.
    private static boolean begins(byte[] text, int at) {
        if (at == 0 || (!digit(text[at - 1]) && text[at - 1] != '.')) {
            return true;
        }
        return text[at - 1] == '.' && (at == 1 || !(digit(text[at - 2]) || nibble(text, at - 2)));
    }

    /// One letter between dots, as in the name of a reverse look-up.
    private static boolean nibble(byte[] text, int at) {
        return hex(text[at]) && (at == 0 || text[at - 1] == '.');
    }

    private static boolean ends(byte[] text, int end) {
        if (end >= text.length || (!digit(text[end]) && text[end] != '.')) {
            return true;
        }
        return text[end] == '.'
                && (end + 1 == text.length || !digit(text[end + 1]) || port(text, end + 1))
                && !follows(text, end, ".in-addr.")
                && !follows(text, end, ".ip6.");
    }

    /// `10.0.0.1.443`, as tcpdump writes it: two to five digits and no further number.
    private static boolean port(byte[] text, int from) {
        int end = from;
        while (end < text.length && digit(text[end])) {
            end++;
        }
        boolean more = end + 1 < text.length && text[end] == '.' && digit(text[end + 1]);
        return end - from >= 2 && end - from <= 5 && !more;
    }

    private static boolean follows(byte[] text, int at, String word) {
        return at + word.length() <= text.length
                && new String(text, at, word.length(), StandardCharsets.US_ASCII)
                        .equalsIgnoreCase(word);
    }

    /// Every run of what IPv6 addresses are made of.
    private boolean colons(byte[] text) {
        for (int at = 0; at < text.length; at++) {
            if (!part(text[at])) {
                continue;
            }
            int end = at;
            int colons = 0;
            while (end < text.length && part(text[end])) {
                colons += text[end] == ':' ? 1 : 0;
                end++;
            }
            if (colons > 1
                    && (means(text, at, end)
                            || (inWord(text, at) && means(text, afterColon(text, at, end), end)))) {
                return true;
            }
            at = end;
        }
        return false;
    }

    /// Whether what begins here is the end of a word: `ce` in `source:2001:db8::1`. In JSON it may
    /// as well be the `n` of `\n`.
    private static boolean inWord(byte[] text, int at) {
        return at > 0 && Character.isLetter(text[at - 1]) && hex(text[at]);
    }

    private static int afterColon(byte[] text, int at, int end) {
        int from = at;
        while (from < end && text[from] != ':') {
            from++;
        }
        return Math.min(end, from + 1);
    }

    private boolean means(byte[] text, int from, int end) {
        return end - from >= SHORTEST
                && end - from <= LONGEST
                && means(new String(text, from, end - from, StandardCharsets.US_ASCII));
    }

    /// What ends a sentence or begins a port is no part of an address.
    private boolean means(String run) {
        int dot = run.lastIndexOf('.');
        return is(run)
                || (run.endsWith(".") && means(run.substring(0, run.length() - 1)))
                || (dot > 0 && is(run.substring(0, dot)))
                || (run.endsWith(":") && is(run.substring(0, run.length() - 1)))
                || (run.startsWith(":") && !run.startsWith("::") && is(run.substring(1)));
    }

    /// MAC addresses and times of day are not even tried: a failure costs an exception.
    private boolean is(String run) {
        long colons = run.chars().filter(c -> c == ':').count();
        boolean likely =
                run.contains("::")
                        || colons == COLONS
                        || (colons == COLONS - 1 && run.contains("."));
        if (!likely) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(run).equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int find(byte[] text, byte[] wanted, int from) {
        for (int at = from; at <= text.length - wanted.length; at++) {
            if (same(text[at], wanted[0]) && all(text, wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean all(byte[] text, byte[] wanted, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (!same(text[at + i], wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /// What is wanted has no capitals.
    private static boolean same(byte in, byte wanted) {
        return in == wanted || (in >= 'A' && in <= 'Z' && in + ('a' - 'A') == wanted);
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean hex(byte c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean part(byte c) {
        return hex(c) || c == ':' || c == '.';
    }
}
