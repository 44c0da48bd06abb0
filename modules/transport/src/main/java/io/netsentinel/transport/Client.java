package io.netsentinel.transport;

import java.net.InetAddress;

/// Who a request really comes from and by which address they reached the server: what the socket
/// says, or what a trusted proxy says about it.
///
/// @param address the client's address
/// @param scheme `http` or `https`
/// @param authority host and port as the client wrote them, lower case, without the scheme's
///   default port
record Client(InetAddress address, String scheme, String authority) {
    /// The host without the port; an IPv6 address without its brackets.
    String host() {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /// What a browser sends as `Origin` from a page of this very server.
    String origin() {
        return scheme + "://" + authority;
    }
}
