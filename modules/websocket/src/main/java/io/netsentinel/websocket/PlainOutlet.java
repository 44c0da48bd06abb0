package io.netsentinel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Writes to the accepted socket itself. Helidon's writer would copy once more and could not say
/// how much the peer took before it blocked (docs/adr/0002).
final class PlainOutlet implements Outlet {
    private final SocketChannel channel;
    private final Watch watch;

    PlainOutlet(SocketChannel channel, Watch watch) {
        this.channel = channel;
        this.watch = watch;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    @Override
    public void awaitRoom() throws IOException {
        watch.awaitRoom();
    }
}
