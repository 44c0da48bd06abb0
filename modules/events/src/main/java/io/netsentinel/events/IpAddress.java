package io.netsentinel.events;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An IPv4 or IPv6 address read from text without ever asking a name server. An IPv4-mapped IPv6
/// address (`::ffff:192.0.2.1`) is the IPv4 address.
///
/// @param high the upper 64 of 128 bits; an IPv4 address stands in `::ffff:0:0/96`
/// @param low the lower 64 bits
public record IpAddress(long high, long low) {
    private static final long V4_PREFIX = 0xFFFF_0000_0000L;
    private static final int MAX_TEXT = 45;
    private static final int GROUPS = 8;

    /// The address of that text; empty when it is none. Octets with leading zeros, zone ids and
    /// brackets are refused.
    public static Optional<IpAddress> parse(String text) {
        if (text.length() < 2 || text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return Optional.ofNullable(parseV6(text));
        }
        long v4 = parseV4(text, 0);
        return v4 < 0 ? Optional.empty() : Optional.of(ofV4(v4));
    }

    /// The IPv4 address of these 32 bits.
    public static IpAddress ofV4(long v4) {
        return new IpAddress(0, V4_PREFIX | (v4 & 0xFFFF_FFFFL));
    }

    /// The 32 bits, or -1.
    private static long parseV4(String text, int from) {
        long result = 0;
        int octets = 0;
        int at = from;
        while (at < text.length()) {
            int start = at;
            int octet = 0;
            while (at < text.length() && digit(text.charAt(at)) && at - start < 3) {
                octet = octet * 10 + text.charAt(at) - '0';
                at++;
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || octet > 255 || leadingZero) {
                return -1;
            }
            result = result << 8 | octet;
            octets++;
            if (octets == 4) {
                return at == text.length() ? result : -1;
            }
            if (at == text.length() || text.charAt(at) != '.') {
                return -1;
            }
            at++;
        }
        return -1;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable IpAddress parseV6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = at;
            int group = 0;
            while (end < text.length()
                    && end - at < 5
                    && Character.digit(text.charAt(end), 16) >= 0) {
                if (text.charAt(end) > 'f') {
                    return null;
                }
                group = group << 4 | Character.digit(text.charAt(end), 16);
                end++;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                long v4 = count <= GROUPS - 2 ? parseV4(text, at) : -1;
                if (v4 < 0) {
                    return null;
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) (v4 & 0xFFFF);
                return assemble(groups, count, gap);
            }
            if (end == at || end - at > 4 || count == GROUPS) {
                return null;
            }
            groups[count++] = group;
            if (end == text.length()) {
                return assemble(groups, count, gap);
            }
            if (text.charAt(end) != ':') {
                return null;
            }
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            } else if (at == text.length()) {
                return null;
            }
        }
        return assemble(groups, count, gap);
    }

    private static @Nullable IpAddress assemble(int[] groups, int count, int gap) {
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return null;
        }
        int[] full = Arrays.copyOf(groups, GROUPS);
        if (gap >= 0) {
            Arrays.fill(full, gap, GROUPS, 0);
            System.arraycopy(groups, gap, full, GROUPS - (count - gap), count - gap);
        }
        return new IpAddress(join(full, 0), join(full, 4));
    }

    private static long join(int[] groups, int from) {
        long bits = 0;
        for (int i = from; i < from + 4; i++) {
            bits = bits << 16 | groups[i];
        }
        return bits;
    }

    /// Whether it is an IPv4 address.
    public boolean v4() {
        return high == 0 && (low & ~0xFFFF_FFFFL) == V4_PREFIX;
    }

    /// The one canonical text: dotted for IPv4, RFC 5952 for IPv6.
    public String text() {
        return v4() ? v4Text() : v6Text();
    }

    private String v4Text() {
        return (low >>> 24 & 255)
                + "."
                + (low >>> 16 & 255)
                + "."
                + (low >>> 8 & 255)
                + "."
                + (low & 255);
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    private String v6Text() {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeros(i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder(MAX_TEXT);
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int zeros(int from) {
        int i = from;
        while (i < GROUPS && group(i) == 0) {
            i++;
        }
        return i - from;
    }

    @Override
    public String toString() {
        return text();
    }
}
