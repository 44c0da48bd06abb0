package io.netsentinel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Writes to the accepted socket itself. Helidon's writer would copy once more and could not say
/// how much the peer took before it blocked (docs/adr/0002).
final class PlainOutlet implements Outlet {
    private final SocketChannel channel;

    PlainOutlet(SocketChannel channel) {
        this.channel = channel;
    }

    /// On a virtual thread the channel waits until the socket takes something, then returns.
    @Override
    public void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }
}
