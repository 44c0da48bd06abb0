package io.netsentinel.websocket;

import java.util.List;

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
        return of(FrameHeader.TEXT, List.of(payload));
    }

    /// A binary frame.
    ///
    /// @param payload the message in pieces, one after another
    public static PreparedFrame binary(byte[]... payload) {
        return of(FrameHeader.BINARY, List.of(payload));
    }

    private static PreparedFrame of(int opcode, List<byte[]> payload) {
        int length = 0;
        for (byte[] piece : payload) {
            length = Math.addExact(length, piece.length);
        }
        byte[] frame = new byte[Math.addExact(FrameHeader.length(length), length)];
        int at = FrameHeader.write(frame, 0, opcode, length);
        for (byte[] piece : payload) {
            System.arraycopy(piece, 0, frame, at, piece.length);
            at += piece.length;
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
