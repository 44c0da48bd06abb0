package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.nio.ByteBuffer;

/// Writes through Helidon's TLS engine, one record after another, so that progress shows.
final class TlsOutlet implements Outlet {
    private static final int RECORD = 16 << 10;

    private final DataWriter writer;

    TlsOutlet(DataWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(ByteBuffer bytes) {
        int length = Math.min(RECORD, bytes.remaining());
        int from = bytes.arrayOffset() + bytes.position();
        writer.writeNow(BufferData.create(bytes.array(), from, length));
        bytes.position(bytes.position() + length);
    }
}
