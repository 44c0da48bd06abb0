package io.netsentinel.integrations.listen;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/// Where connections come in.
interface Door extends Closeable {
    /// Waits for the next connection.
    Guest accept() throws IOException;

    @Override
    void close() throws IOException;

    /// One connection.
    interface Guest extends Closeable {
        /// Address of the other side; empty when it has none.
        String address();

        /// Opens what it sends; may take a handshake first.
        ///
        /// @throws IOException when that fails, with a text fit to be shown
        InputStream open() throws IOException;

        /// Whether reading it occupies a thread of the system.
        default boolean occupies() {
            return false;
        }

        @Override
        void close() throws IOException;
    }
}
