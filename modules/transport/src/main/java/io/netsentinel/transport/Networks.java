package io.netsentinel.transport;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A set of addresses and networks, `192.0.2.7` or `10.0.0.0/8` or `fd00::/8`.
final class Networks {
    private final List<Cidr> ranges;

    private Networks(List<Cidr> ranges) {
        this.ranges = ranges;
    }

    /// @throws IllegalArgumentException naming the entry that is neither
    static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Networks::parse).toList());
    }

    boolean contains(InetAddress address) {
        Optional<IpAddress> ip = ip(address);
        return ip.isPresent() && ranges.stream().anyMatch(range -> range.contains(ip.get()));
    }

    /// The same address without a zone, an IPv4-mapped one as IPv4.
    static Optional<IpAddress> ip(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
    }

    private static Cidr parse(String text) {
        return Cidr.parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\""
                                        + text
                                        + "\" is neither an address nor a network like 10.0.0.0/8"));
    }
}
