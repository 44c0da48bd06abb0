package io.netsentinel.transport;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;

/// Keeps bodies within bounds: their size after decoding, and how slowly they may come.
final class Bodies {
    private static final long DRAINED = 64 * 1024;
    private static final long GRACE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long SLOWEST_BYTES_PER_SECOND = 256;

    private final BodyWatch watch;

    Bodies(BodyWatch watch) {
        this.watch = watch;
    }

    /// Bounds the body of a request before anybody reads it.
    ///
    /// @param most bytes allowed
    /// @throws Problem 413 at once when more is announced; otherwise while it is read
    void limit(ServerRequest request, long most) {
        OptionalLong announced = request.headers().contentLength();
        if (announced.isPresent() && announced.getAsLong() > most) {
            throw Problem.tooLarge(most);
        }
        // without asking content() first: Helidon takes no filter after that
        request.streamFilter(body -> new Bounded(body, most));
    }

    /// Whether reading on only to throw it away would cost more than a new connection.
    static boolean tooMuchLeft(ServerRequest request) {
        if (!request.content().hasEntity() || request.content().consumed()) {
            return false;
        }
        OptionalLong length = request.headers().contentLength();
        return length.isEmpty()
                || length.getAsLong() > DRAINED
                || request.headers().containsToken(HeaderValues.EXPECT_100);
    }

    /// Reads what a handler has left of a body, so that the next request can follow.
    ///
    /// @throws CloseConnectionException when it is too much or does not come
    void finish(ServerRequest request) {
        if (tooMuchLeft(request)) {
            throw new CloseConnectionException("a body was left unread");
        }
        if (!request.content().hasEntity() || request.content().consumed()) {
            return;
        }
        try {
            watch.reading(() -> {
                request.content().consume();
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Bounded extends FilterInputStream {
        private final long most;
        private long read;
        private long waited;

        Bounded(InputStream body, long most) {
            super(body);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long start = System.nanoTime();
            int count = watch.reading(() -> in.read(bytes, offset, length));
            waited += System.nanoTime() - start;
            count(count);
            return count;
        }

        @Override
        public long skip(long wanted) throws IOException {
            byte[] skipped = new byte[(int) Math.min(8_192, Math.max(0, wanted))];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        private void count(long bytes) {
            read += Math.max(0, bytes);
            if (read > most) {
                throw Problem.tooLarge(most);
            }
            if (waited > GRACE_NANOS && read * 1_000_000_000L / waited < SLOWEST_BYTES_PER_SECOND) {
                throw new Problem(408, "Request timeout", "the body comes too slowly");
            }
        }
    }
}
