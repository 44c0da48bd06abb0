package io.netsentinel.integrations.enrich;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What kind of address one is.
enum Scope {
    LOOPBACK,
    LINK_LOCAL,
    PRIVATE,
    MULTICAST,
    DOCUMENTATION,
    RESERVED,
    PUBLIC;

    /// The first that holds the address counts.
    private static final Map<Scope, List<Cidr>> RANGES =
            Map.of(
                    LOOPBACK, ranges("127.0.0.0/8", "::1"),
                    LINK_LOCAL, ranges("169.254.0.0/16", "fe80::/10"),
                    // shared by the customers of a provider, and as little known outside
                    PRIVATE,
                            ranges(
                                    "10.0.0.0/8",
                                    "172.16.0.0/12",
                                    "192.168.0.0/16",
                                    "100.64.0.0/10",
                                    "fc00::/7"),
                    MULTICAST, ranges("224.0.0.0/4", "255.255.255.255", "ff00::/8"),
                    DOCUMENTATION,
                            ranges(
                                    "192.0.2.0/24",
                                    "198.51.100.0/24",
                                    "203.0.113.0/24",
                                    "2001:db8::/32",
                                    "3fff::/20"),
                    RESERVED,
                            ranges("0.0.0.0/8", "240.0.0.0/4", "198.18.0.0/15", "::", "100::/64"));

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    private static List<Cidr> ranges(String... texts) {
        return List.of(texts).stream().map(text -> Cidr.parse(text).orElseThrow()).toList();
    }

    static Scope of(IpAddress address) {
        for (Scope scope : values()) {
            if (RANGES.getOrDefault(scope, List.of()).stream()
                    .anyMatch(range -> range.contains(address))) {
                return scope;
            }
        }
        return PUBLIC;
    }

    String text() {
        return text;
    }
}
