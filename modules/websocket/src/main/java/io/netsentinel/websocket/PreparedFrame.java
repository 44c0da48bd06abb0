package io.netsentinel.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A complete frame, header and payload, encoded once and shared by any number of connections. It
/// is also compressed once, for the first connection that agreed on permessage-deflate.
public final class PreparedFrame {
    private final byte[] bytes;
    private final int payload;
    private volatile byte @Nullable [] deflated;

    private PreparedFrame(byte[] bytes, int payload) {
        this.bytes = bytes;
        this.payload = payload;
    }

    /// A text frame.
    ///
    /// @param payload the message in pieces, one after another; valid UTF-8 together
    public static PreparedFrame text(byte[]... payload) {
        return of(FrameHeader.TEXT, payload);
    }

    /// A binary frame.
    ///
    /// @param payload the message in pieces, one after another
    public static PreparedFrame binary(byte[]... payload) {
        return of(FrameHeader.BINARY, payload);
    }

    private static PreparedFrame of(int opcode, byte[]... payload) {
        int length = 0;
        for (byte[] piece : payload) {
            length = Math.addExact(length, piece.length);
        }
        byte[] frame = new byte[Math.addExact(FrameHeader.length(length), length)];
        ByteBuffer target = ByteBuffer.wrap(frame);
        FrameHeader.put(target, opcode, length);
        for (byte[] piece : payload) {
            target.put(piece);
        }
        return new PreparedFrame(frame, length);
    }

    /// Bytes on the wire, header included, where it is not compressed.
    public int length() {
        return bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }

    /// The frame for connections with permessage-deflate: the same when compression does not pay.
    byte[] deflated(Deflation deflation) {
        byte[] ready = deflated;
        return ready == null ? deflate(deflation) : ready;
    }

    private synchronized byte[] deflate(Deflation deflation) {
        byte[] ready = deflated;
        if (ready == null) {
            byte[] small = deflation.compress(bytes, bytes.length - payload, payload);
            ready =
                    small.length == 0
                            ? bytes
                            : of((bytes[0] & 0x0F) | FrameHeader.DEFLATED, small).bytes;
            deflated = ready;
        }
        return ready;
    }
}
