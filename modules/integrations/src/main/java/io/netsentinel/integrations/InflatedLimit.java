package io.netsentinel.integrations;

import io.netsentinel.transport.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bounds a body as it comes out of decompression: a few kilobytes sent can be gigabytes then.
final class InflatedLimit extends FilterInputStream {
    private final long most;
    private long count;

    /// @param most bytes that may be read; more is answered with 413
    InflatedLimit(InputStream body, long most) {
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
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        count += read;
        if (count > most) {
            throw Problem.tooLarge(most);
        }
    }
}
