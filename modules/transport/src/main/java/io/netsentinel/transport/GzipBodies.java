package io.netsentinel.transport;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Lets clients send bodies with `Content-Encoding: gzip`. How large they may become is bounded by
/// the route, which counts what comes out.
final class GzipBodies implements ContentEncoding {
    private static final int BUFFER = 16 * 1024;

    @Override
    public Set<String> ids() {
        return Set.of("gzip", "x-gzip");
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return GzipBodies::open;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public String type() {
        return "gzip";
    }

    private static InputStream open(InputStream network) {
        try {
            return new Inflated(new GZIPInputStream(network, BUFFER));
        } catch (ZipException | EOFException _) {
            throw malformed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem malformed() {
        return Problem.badRequest("the body is not what Content-Encoding: gzip says");
    }

    private static final class Inflated extends FilterInputStream {
        Inflated(InputStream gzip) {
            super(gzip);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (ZipException | EOFException _) {
                throw malformed();
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
