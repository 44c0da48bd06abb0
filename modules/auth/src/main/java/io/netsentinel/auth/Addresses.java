package io.netsentinel.auth;

import java.net.URI;
import java.util.List;

/// Addresses of an identity provider.
final class Addresses {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]", "::1");

    private Addresses() {}

    /// Whether nobody on the way can change the answer: https, or http on this machine.
    static boolean trusted(URI address) {
        String host = address.getHost();
        return host != null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && LOOPBACK.contains(host)));
    }
}
