package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import java.io.IOException;

/// Where a connection's bytes come from.
interface Inlet {

    /// Bytes, good until the next call. Waits for them where the socket blocks; where it does not,
    /// there may be none now.
    ///
    /// @throws IOException when no more will come
    BufferData next() throws IOException;
}
