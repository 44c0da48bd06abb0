package io.netsentinel.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The frames of one socket write.
///
/// Every method that adds a frame answers false, and adds nothing, when the frame does not fit into
/// what is left; keep it and answer true from [ConnectionHandler#fill(FrameBuffer)]. A frame larger
/// than a whole buffer fits into an empty one, is not copied, and goes out in several writes.
public final class FrameBuffer {
    private static final int MAX_CONTROL = 125;

    private final ByteBuffer staging;
    private final List<byte[]> oversize = new ArrayList<>(0);
    private int messages;

    /// @param staging empty, at least 256 bytes
    FrameBuffer(ByteBuffer staging) {
        this.staging = staging;
    }

    /// Bytes left for headers and payloads.
    public int room() {
        return oversize.isEmpty() ? staging.remaining() : 0;
    }

    /// True when nothing was added yet.
    public boolean isEmpty() {
        return staging.position() == 0;
    }

    /// Adds a text frame.
    ///
    /// @param payload the message, valid UTF-8; not to be changed before the next call of `fill`
    /// @return false when it does not fit
    public boolean text(byte[] payload) {
        return data(FrameHeader.TEXT, payload, 0, payload.length);
    }

    /// Adds a text frame of a part of an array.
    public boolean text(byte[] source, int offset, int length) {
        return data(FrameHeader.TEXT, source, offset, length);
    }

    /// Adds one text frame whose payload stands in several arrays, one after another.
    public boolean text(List<byte[]> pieces) {
        return data(FrameHeader.TEXT, pieces);
    }

    /// Adds a binary frame.
    ///
    /// @param payload the message; not to be changed before the next call of `fill`
    /// @return false when it does not fit
    public boolean binary(byte[] payload) {
        return data(FrameHeader.BINARY, payload, 0, payload.length);
    }

    /// Adds a binary frame of a part of an array.
    public boolean binary(byte[] source, int offset, int length) {
        return data(FrameHeader.BINARY, source, offset, length);
    }

    /// Adds one binary frame whose payload stands in several arrays, one after another.
    public boolean binary(List<byte[]> pieces) {
        return data(FrameHeader.BINARY, pieces);
    }

    /// Adds a frame that was encoded before.
    public boolean prepared(PreparedFrame frame) {
        byte[] bytes = frame.bytes();
        if (bytes.length <= room()) {
            staging.put(bytes);
        } else if (isEmpty()) {
            putOversize(bytes);
        } else {
            return false;
        }
        messages++;
        return true;
    }

    /// Adds a ping.
    ///
    /// @param payload at most 125 bytes
    /// @return false when it does not fit
    public boolean ping(byte[] payload) {
        return control(FrameHeader.PING, payload);
    }

    boolean control(int opcode, byte[] payload) {
        if (payload.length > MAX_CONTROL) {
            throw new IllegalArgumentException(
                    "a control frame carries at most 125 bytes: " + payload.length);
        }
        if (2 + payload.length > room()) {
            return false;
        }
        header(opcode, payload.length);
        staging.put(payload);
        return true;
    }

    private boolean data(int opcode, byte[] source, int offset, int length) {
        if (FrameHeader.length(length) + (long) length <= room()) {
            header(opcode, length);
            staging.put(source, offset, length);
        } else if (isEmpty()) {
            header(opcode, length);
            staging.put(source, offset, staging.remaining());
            int copied = staging.position() - FrameHeader.length(length);
            oversize.add(java.util.Arrays.copyOfRange(source, offset + copied, offset + length));
        } else {
            return false;
        }
        messages++;
        return true;
    }

    private boolean data(int opcode, List<byte[]> pieces) {
        int length = 0;
        for (byte[] piece : pieces) {
            length = Math.addExact(length, piece.length);
        }
        boolean fits = FrameHeader.length(length) + (long) length <= room();
        if (!fits && !isEmpty()) {
            return false;
        }
        header(opcode, length);
        for (byte[] piece : pieces) {
            if (fits) {
                staging.put(piece);
            } else {
                oversize.add(piece);
            }
        }
        messages++;
        return true;
    }

    private void putOversize(byte[] bytes) {
        oversize.add(bytes);
    }

    private void header(int opcode, int length) {
        byte[] header = new byte[FrameHeader.length(length)];
        FrameHeader.write(header, 0, opcode, length);
        staging.put(header);
    }

    int messages() {
        return messages;
    }
}
