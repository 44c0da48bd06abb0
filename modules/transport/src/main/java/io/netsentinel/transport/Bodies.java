package io.netsentinel.transport;

import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// Keeps a body below the size a route allows: by what the client announces, and by what it sends
/// after decoding.
final class Bodies {
    private Bodies() {}

    /// @param most bytes allowed
    /// @throws Problem 413 at once when more is announced; otherwise while it is read
    static void limit(ServerRequest request, long most) {
        OptionalLong announced = request.headers().contentLength();
        if (announced.isPresent() && announced.getAsLong() > most) {
            throw Problem.tooLarge(most);
        }
        if (request.content().hasEntity()) {
            request.streamFilter(body -> new Limited(body, most));
        }
    }

    private static final class Limited extends FilterInputStream {
        private final long most;
        private long read;

        Limited(InputStream body, long most) {
            super(body);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(count);
            return count;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(wanted);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) {
            read += Math.max(0, bytes);
            if (read > most) {
                throw Problem.tooLarge(most);
            }
        }
    }
}
