package io.netsentinel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where a connection's bytes go.
interface Outlet {
    /// Writes some bytes. Blocks until the socket takes one, unless it is one that does not block:
    /// then there may be no room for any.
    void write(ByteBuffer bytes) throws IOException;

    /// After a write for which there was no room: waits until there is some.
    default void awaitRoom() throws IOException {}
}
