package io.netsentinel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where a connection's bytes go.
interface Outlet {
    /// Writes some bytes, at least one; blocks until the socket takes one.
    void write(ByteBuffer bytes) throws IOException;
}
