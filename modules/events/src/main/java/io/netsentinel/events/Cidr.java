package io.netsentinel.events;

import java.util.Optional;

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
///
/// @param network the lowest address of the range
/// @param prefix how many leading bits of 128 are fixed (an IPv4 `/8` is 104)
public record Cidr(IpAddress network, int prefix) {
    private static final int BITS = 128;
    private static final int V4_OFFSET = 96;

    /// The range of that text; empty when it is none. Bits behind the prefix are ignored.
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(address -> new Cidr(address, BITS));
        }
        return IpAddress.parse(text.substring(0, slash))
                .flatMap(address -> of(address, text.substring(slash + 1)));
    }

    private static Optional<Cidr> of(IpAddress address, String length) {
        if (!length.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(length) + (address.v4() ? V4_OFFSET : 0);
        return prefix > BITS
                ? Optional.empty()
                : Optional.of(new Cidr(masked(address, prefix), prefix));
    }

    /// The range of that many leading bits the address lies in.
    ///
    /// @param prefix how many of 128 bits are fixed
    public static Cidr around(IpAddress address, int prefix) {
        return new Cidr(masked(address, prefix), prefix);
    }

    private static IpAddress masked(IpAddress address, int prefix) {
        return new IpAddress(
                address.high() & mask(Math.min(prefix, 64)),
                address.low() & mask(Math.max(prefix - 64, 0)));
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    /// Whether the address lies in the range.
    public boolean contains(IpAddress address) {
        return masked(address, prefix).equals(network);
    }

    /// The range in canonical form; a single address without a prefix length.
    public String text() {
        if (prefix == BITS) {
            return network.text();
        }
        return network.text() + "/" + (network.v4() ? prefix - V4_OFFSET : prefix);
    }

    @Override
    public String toString() {
        return text();
    }
}
