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

    private Networks() {}

    /// Whether it is an address of a private network.
    public static boolean inside(String address) {
        return in(address, INSIDE);
    }

    /// Whether it is a group of hosts, all of them, or none.
    public static boolean many(String address) {
        return address.endsWith(".255") || in(address, MANY);
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
