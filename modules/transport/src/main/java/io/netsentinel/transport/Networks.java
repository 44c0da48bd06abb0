package io.netsentinel.transport;

import java.net.InetAddress;
import java.util.List;

/// A set of addresses and networks, `192.0.2.7` or `10.0.0.0/8` or `fd00::/8`.
final class Networks {
    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Network(byte[] prefix, int bits) {}

    /// @throws IllegalArgumentException naming the entry that is neither
    static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Networks::parse).toList());
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> matches(network, bytes));
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] address =
                    InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
            int most = address.length * Byte.SIZE;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= most) {
                return new Network(address, bits);
            }
        } catch (IllegalArgumentException _) {
            // told below, with the entry
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is neither an address nor a network like 10.0.0.0/8");
    }

    private static boolean matches(Network network, byte[] address) {
        if (network.prefix().length != address.length) {
            return false;
        }
        int whole = network.bits() / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (network.prefix()[i] != address[i]) {
                return false;
            }
        }
        int rest = network.bits() % Byte.SIZE;
        return rest == 0
                || ((network.prefix()[whole] ^ address[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
    }
}
