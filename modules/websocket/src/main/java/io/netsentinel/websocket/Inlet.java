package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import java.io.IOException;

/// Where a connection's bytes come from.
interface Inlet {

    /// Waits for bytes. They are good until the next call.
    ///
    /// @throws IOException when no more will come
    BufferData next() throws IOException;
}
