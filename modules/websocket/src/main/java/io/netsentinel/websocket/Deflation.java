package io.netsentinel.websocket;

import java.util.List;
import java.util.zip.Inflater;

/// What the connections with permessage-deflate share: the native parts, a few for all of them, and
/// what was compressed for many. Nothing is allocated before the first use.
final class Deflation implements AutoCloseable {
    /// Below this many bytes a message goes out as it is: without a window from before there is
    /// little to gain.
    static final int SMALLEST = 512;

    private static final long SHARED_BYTES = 4 << 20;

    private final Pool<Compressor> compressors;
    private final Pool<Inflater> inflaters;
    private final SharedPayloads shared = new SharedPayloads(SHARED_BYTES);

    Deflation() {
        int places = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.compressors = new Pool<>(places, Compressor::new, Compressor::end);
        this.inflaters = new Pool<>(places, () -> new Inflater(true), Inflater::end);
    }

    /// The compressed payload, or [Compressor#NOT_SMALLER], which has no bytes.
    byte[] compress(byte[] source, int offset, int length) {
        if (length < SMALLEST) {
            return Compressor.NOT_SMALLER;
        }
        Compressor compressor = compressors.take();
        try {
            return compressor.compress(source, offset, length);
        } finally {
            compressors.give(compressor);
        }
    }

    /// The same for a payload in several arrays, one after another.
    ///
    /// @param length bytes of all of them
    byte[] compress(List<byte[]> pieces, int length) {
        if (length < SMALLEST) {
            return Compressor.NOT_SMALLER;
        }
        Compressor compressor = compressors.take();
        try {
            return compressor.compress(pieces, length);
        } finally {
            compressors.give(compressor);
        }
    }

    /// The same for a payload that many connections send: compressed for the first of them.
    byte[] compressShared(byte[] payload) {
        return payload.length < SMALLEST
                ? Compressor.NOT_SMALLER
                : shared.compressed(payload, all -> compress(all, 0, all.length));
    }

    /// Decompresses a message.
    ///
    /// @param message takes the result and bounds it
    /// @param source the compressed payload
    void inflate(InflatedMessage message, byte[] source, int length) {
        Inflater inflater = inflaters.take();
        try {
            message.inflate(inflater, source, length);
        } finally {
            inflater.reset();
            inflaters.give(inflater);
        }
    }

    /// Gives the native memory back; what is in use is given back as soon as it is free.
    @Override
    public void close() {
        compressors.close();
        inflaters.close();
    }
}
