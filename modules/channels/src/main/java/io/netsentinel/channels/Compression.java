package io.netsentinel.channels;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// How large frames are made smaller for a client that asked for it.
public enum Compression {
    /// Not at all.
    NONE,
    /// A binary frame that is the gzip of the frame.
    GZIP,
    /// A `compressed` message that holds the gzip of the frame in Base64, for clients that can only
    /// take text.
    GZIP_BASE64;

    /// Smaller frames are sent as they are: a packet on the wire costs more than their bytes.
    static final int THRESHOLD = 1_024;

    private static final byte[] BEFORE =
            "{\"type\":\"compressed\",\"encoding\":\"gzip+base64\",\"data\":\""
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\"}".getBytes(StandardCharsets.US_ASCII);

    /// Whether a frame of this size may be compressed.
    boolean worthwhile(int bytes) {
        return this != NONE && bytes >= THRESHOLD;
    }

    /// The frame, compressed when that makes it smaller.
    public Frame apply(Frame plain) {
        if (!worthwhile(plain.bytes().length)) {
            return plain;
        }
        Frame made =
                switch (this) {
                    case NONE -> plain;
                    case GZIP -> new Frame(Gzip.of(plain.bytes()), true);
                    case GZIP_BASE64 -> new Frame(message(Gzip.of(plain.bytes())), false);
                };
        return made.bytes().length < plain.bytes().length ? made : plain;
    }

    private static byte[] message(byte[] gzip) {
        byte[] text = Base64.getEncoder().encode(gzip);
        return new Bytes(BEFORE.length + text.length + AFTER.length)
                .put(BEFORE)
                .put(text)
                .put(AFTER)
                .from(0);
    }
}
