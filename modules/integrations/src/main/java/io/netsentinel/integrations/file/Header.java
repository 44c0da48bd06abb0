package io.netsentinel.integrations.file;

import io.netsentinel.integrations.LineSplitter;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/// The lines a file begins with that start with `#`. They say how to read the others, so a file
/// that is read on from its middle, after a restart, needs them again.
final class Header {
    private static final int MOST = 64 * 1024;

    private final String source;

    Header(String source) {
        this.source = source;
    }

    /// Shows the header to the reader. A file that cannot be read now shows that soon enough.
    void learn(FollowedFile file, LineReader reader) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MOST, Math.max(0, file.consumed())));
        try {
            int count = file.channel().read(buffer, 0);
            if (count > 0 && buffer.array()[0] == '#') {
                LineSplitter splitter = new LineSplitter(MOST, new Lines(reader));
                splitter.feed(buffer.array(), 0, count);
            }
        } catch (IOException _) {
            // the follower reads the same file next, and reports it
        }
    }

    private final class Lines implements LineSplitter.Lines {
        private final LineReader reader;

        Lines(LineReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean line(byte[] bytes, int offset, int length, long end) {
            if (length == 0 || bytes[offset] != '#') {
                return false;
            }
            var _ = reader.read(bytes, offset, length, LineContext.of(source, Instant.EPOCH));
            return true;
        }

        @Override
        public boolean overlong(byte[] sample, long length, long end) {
            return false;
        }

        @Override
        public void nuls(long count) {
            // they were told when the line was read first
        }
    }
}
