package io.netsentinel.integrations.sink.net;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Keeps a sink from being pointed at this machine itself or at the services a cloud offers to its
/// machines alone. It looks at addresses, after names are resolved.
public final class AddressGuard {
    private static final List<Cidr> OWN =
            ranges(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "100.100.100.200",
                    "192.0.0.192",
                    "224.0.0.0/4",
                    "255.255.255.255",
                    "::/127",
                    "fe80::/10",
                    "ff00::/8",
                    "fd00:ec2::254",
                    "fd20:ce::254");

    /// An IPv4 address stands in the last 32 bits of these.
    private static final List<Cidr> CARRIES_V4_LAST = ranges("64:ff9b::/96", "::/96");

    /// And here in the 32 bits after the first 16.
    private static final Cidr SIX_TO_FOUR = ranges("2002::/16").getFirst();

    private final boolean open;

    /// @param open whether everything is allowed
    public AddressGuard(boolean open) {
        this.open = open;
    }

    /// Nothing happens when all addresses of a name are allowed: which of them is used is not for
    /// us to say.
    ///
    /// @throws IOException naming the first that is not
    public void check(String host, InetAddress[] addresses) throws IOException {
        for (InetAddress address : addresses) {
            if (!allows(address)) {
                throw new IOException(
                        host
                                + " is "
                                + address.getHostAddress()
                                + ", an address of this machine or its network alone; allow-local: true"
                                + " allows it (runtime.allow-local for what is made over HTTP)");
            }
        }
    }

    /// Whether an address may be connected to.
    public boolean allows(InetAddress address) {
        if (open) {
            return true;
        }
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        Optional<IpAddress> ip = IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
        return ip.isPresent() && allows(ip.get());
    }

    private static boolean allows(IpAddress ip) {
        if (OWN.stream().anyMatch(range -> range.contains(ip))) {
            return false;
        }
        if (!ip.v4() && CARRIES_V4_LAST.stream().anyMatch(range -> range.contains(ip))) {
            return allows(v4(ip.low()));
        }
        return !SIX_TO_FOUR.contains(ip) || allows(v4(ip.high() >>> 16));
    }

    private static IpAddress v4(long bits) {
        return new IpAddress(0, 0xFFFF_0000_0000L | (bits & 0xFFFF_FFFFL));
    }

    private static List<Cidr> ranges(String... texts) {
        return java.util.Arrays.stream(texts).map(text -> Cidr.parse(text).orElseThrow()).toList();
    }
}
