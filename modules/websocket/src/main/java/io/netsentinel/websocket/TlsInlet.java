package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads through Helidon's TLS engine.
final class TlsInlet implements Inlet {
    private final DataReader reader;

    TlsInlet(DataReader reader) {
        this.reader = reader;
    }

    @Override
    public BufferData next() throws IOException {
        try {
            return reader.readBuffer();
        } catch (DataReader.InsufficientDataAvailableException
                | CloseConnectionException
                | UncheckedIOException e) {
            throw new IOException("connection lost", e);
        }
    }
}
