package io.netsentinel.websocket;

import java.nio.ByteBuffer;

/// A complete frame, header and payload, encoded once and shared by any number of connections.
public final class PreparedFrame {
    private final byte[] bytes;

    private PreparedFrame(byte[] bytes) {
        this.bytes = bytes;
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
        return new PreparedFrame(frame);
    }

    /// Bytes on the wire, header included.
    public int length() {
        return bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }
}
