package io.netsentinel.detection.finding;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;
import java.util.List;
import java.util.Optional;

/// Which addresses are inside, and which belong to no single host.
public final class Networks {
    private static final List<Cidr> INSIDE =
            cidrs(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "169.254.0.0/16",
                    "127.0.0.0/8",
                    "fc00::/7",
                    "fe80::/10",
                    "::1/128");
    private static final List<Cidr> MANY =
            cidrs("224.0.0.0/4", "255.255.255.255/32", "0.0.0.0/8", "ff00::/8", "::/128");

    private static final int NO_V4 = -1;
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final int FIRST_GROUP = 224;

    private Networks() {}

    /// Whether it is an address of a private network.
    public static boolean inside(String address) {
        return switch (first(address)) {
            case NO_V4 -> in(address, INSIDE);
            case 10, 127 -> true;
            case 192 -> address.startsWith("192.168.");
            case 169 -> address.startsWith("169.254.");
            case 172, 100 -> in(address, INSIDE);
            default -> false;
        };
    }

    /// Whether it is a group of hosts, all of them, or none.
    public static boolean many(String address) {
        int first = first(address);
        if (first == NO_V4) {
            return in(address, MANY);
        }
        return first == 0
                || address.endsWith(".255")
                || (first >= FIRST_GROUP && in(address, MANY));
    }

    /// The first number of an IPv4 address, to tell most of them without parsing.
    private static int first(String address) {
        int length = address.length();
        if (length < SHORTEST || length > LONGEST) {
            return NO_V4;
        }
        int first = NO_V4;
        int number = 0;
        int dots = 0;
        for (int i = 0; i < length; i++) {
            char c = address.charAt(i);
            if (c == '.') {
                first = dots++ == 0 ? number : first;
                number = 0;
            } else if (c >= '0' && c <= '9') {
                number = number * 10 + c - '0';
            } else {
                return NO_V4;
            }
        }
        return dots == 3 && first <= 255 ? first : NO_V4;
    }

    /// Whether it is in one of these networks.
    public static boolean in(String address, List<Cidr> networks) {
        Optional<IpAddress> parsed = IpAddress.parse(address);
        return parsed.isPresent()
                && networks.stream().anyMatch(network -> network.contains(parsed.get()));
    }

    private static List<Cidr> cidrs(String... texts) {
        return java.util.stream.Stream.of(texts)
                .map(text -> Cidr.parse(text).orElseThrow())
                .toList();
    }
}
