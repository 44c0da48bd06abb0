package io.netsentinel.integrations.zeek;

import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Origin;

/// Reads Zeek's logs: JSON in its three dialects (`_path` with `id.orig_h`, `@stream` with
/// `id_orig_h`, and one file per log that says neither), flat or nested, and the classic
/// tab-separated files with their `#` lines.
public final class ZeekNormalizer implements Normalizer {
    /// For `ServiceLoader`.
    public ZeekNormalizer() {}

    @Override
    public String format() {
        return "zeek";
    }

    @Override
    public Normalized normalize(byte[] line, int offset, int length, LineContext context) {
        return reader(Origin.UNKNOWN).read(line, offset, length, context);
    }

    @Override
    public LineReader reader(Origin origin) {
        return new ZeekReader(pathOf(origin.file()));
    }

    /// `conn` of `conn.log` and of `conn.2026-06-01-12-00-00.log`. A file that holds several logs
    /// says the name in each line, so what its own name begins with does not matter.
    private static String pathOf(String file) {
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
