package io.netsentinel.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/// The address a server listens on. Whether somebody listens there is found out by trying to.
record ListeningAddress(InetSocketAddress address) {

    /// Makes sure that the address can be had. Helidon itself only logs why it did not start.
    ///
    /// @throws UncheckedIOException with a message that names the address and the reason
    void require() {
        try {
            bind();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on "
                            + address.getHostString()
                            + ":"
                            + address.getPort()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /// True only when certainly nobody listens.
    boolean isFree() {
        try {
            bind();
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            // no descriptor to try with: ask again later
            return false;
        }
    }

    private void bind() throws IOException {
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            probe.bind(address);
        }
    }
}
