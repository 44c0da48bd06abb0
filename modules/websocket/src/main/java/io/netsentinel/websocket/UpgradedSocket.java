package io.netsentinel.websocket;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;

/// The socket under a WebSocket, as far as the connection needs it.
///
/// @param channel the accepted socket; closing it ends every read and write on it, TLS or not
/// @param outlet where bytes are written
/// @param watch who waits for it
/// @param buffers where writes are collected
/// @param pool writes for it once it does not block
/// @param open every open connection of the server
record UpgradedSocket(
        SocketChannel channel,
        SocketAddress remote,
        boolean secure,
        Outlet outlet,
        Watch watch,
        StagingPool buffers,
        WriterPool pool,
        Set<WebSocketConnection> open) {

    private static final System.Logger LOGGER = System.getLogger(UpgradedSocket.class.getName());

    /// Says that nothing more comes; the peer's bytes can still be read. Not under TLS, where it
    /// would look like an attack.
    void finishOutput() {
        if (!secure) {
            quietly(channel::shutdownOutput);
        }
    }

    /// Whoever waits for it finds out that it is closed, also when it was not closed here.
    void check() {
        if (!channel.isOpen()) {
            watch.closed();
        }
    }

    void close() {
        quietly(channel::close);
        watch.closed();
    }

    /// Closes and throws away what the kernel still holds for the peer.
    void reset() {
        quietly(() -> channel.setOption(StandardSocketOptions.SO_LINGER, 0));
        close();
    }

    void release(WebSocketConnection connection) {
        open.remove(connection);
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.TRACE, "socket is gone already", e);
        }
    }

    private interface Action {
        void run() throws IOException;
    }
}
