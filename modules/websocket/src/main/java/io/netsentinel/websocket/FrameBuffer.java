package io.netsentinel.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frames of one socket write, about 64 KiB, less on a connection whose peer is slow.
///
/// Every method that adds a frame answers false, and adds nothing, when the frame does not fit into
/// what is left; keep it and answer true from [ConnectionHandler#fill(FrameBuffer)]. A frame larger
/// than a whole buffer fits into an empty one, where it is referred to, not copied, and goes out in
/// several writes: its arrays must not change before `fill` is called again.
public final class FrameBuffer {
    /// Kept free for the close frame, which fits into every buffer.
    private static final int RESERVE = 2 + CloseFrame.MAX_PAYLOAD;

    private final ByteBuffer staging;
    private final int limit;
    private @Nullable ArrayDeque<ByteBuffer> rest;
    private int messages;

    /// @param staging empty, of at least 1 KiB
    FrameBuffer(ByteBuffer staging) {
        this.staging = staging;
        this.limit = staging.capacity() - RESERVE;
    }

    /// Bytes left for headers and payloads.
    public int room() {
        return rest == null ? limit - staging.position() : 0;
    }

    /// True when nothing was added yet.
    public boolean isEmpty() {
        return staging.position() == 0;
    }

    /// Adds a text frame.
    ///
    /// @param payload the message, valid UTF-8
    /// @return false when it does not fit
    public boolean text(byte[] payload) {
        return data(FrameHeader.TEXT, payload, 0, payload.length);
    }

    /// Adds a text frame made of a part of an array.
    ///
    /// @return false when it does not fit
    public boolean text(byte[] source, int offset, int length) {
        return data(FrameHeader.TEXT, source, offset, length);
    }

    /// Adds one text frame whose payload stands in several arrays, one after another.
    ///
    /// @return false when it does not fit
    public boolean text(List<byte[]> pieces) {
        return data(FrameHeader.TEXT, pieces);
    }

    /// Adds a binary frame.
    ///
    /// @param payload the message
    /// @return false when it does not fit
    public boolean binary(byte[] payload) {
        return data(FrameHeader.BINARY, payload, 0, payload.length);
    }

    /// Adds a binary frame made of a part of an array.
    ///
    /// @return false when it does not fit
    public boolean binary(byte[] source, int offset, int length) {
        return data(FrameHeader.BINARY, source, offset, length);
    }

    /// Adds one binary frame whose payload stands in several arrays, one after another.
    ///
    /// @return false when it does not fit
    public boolean binary(List<byte[]> pieces) {
        return data(FrameHeader.BINARY, pieces);
    }

    /// Adds a frame that was encoded before.
    ///
    /// @return false when it does not fit
    public boolean prepared(PreparedFrame frame) {
        byte[] bytes = frame.bytes();
        if (bytes.length > room() && !isEmpty()) {
            return false;
        }
        put(bytes, 0, bytes.length);
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
        CloseFrame.checkControlLength(payload.length);
        if (2 + payload.length > room()) {
            return false;
        }
        FrameHeader.put(staging, opcode, payload.length);
        staging.put(payload);
        return true;
    }

    /// Adds the close frame, behind everything else; there is always room for it.
    void close(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + payload.length);
        FrameHeader.put(frame, FrameHeader.CLOSE, payload.length);
        frame.put(payload).flip();
        if (rest == null) {
            staging.put(frame);
        } else {
            rest.add(frame);
        }
    }

    /// Data frames in here.
    int messages() {
        return messages;
    }

    /// The bytes of the next socket write, or null when all are written.
    @Nullable ByteBuffer next(boolean first) {
        if (first) {
            return staging.flip();
        }
        staging.clear();
        while (rest != null && !rest.isEmpty() && staging.hasRemaining()) {
            transfer(rest.getFirst());
            if (!rest.getFirst().hasRemaining()) {
                rest.removeFirst();
            }
        }
        return staging.position() == 0 ? null : staging.flip();
    }

    private boolean data(int opcode, byte[] source, int offset, int length) {
        if (FrameHeader.length(length) + (long) length > room() && !isEmpty()) {
            return false;
        }
        FrameHeader.put(staging, opcode, length);
        put(source, offset, length);
        messages++;
        return true;
    }

    private boolean data(int opcode, List<byte[]> pieces) {
        int length = 0;
        for (byte[] piece : pieces) {
            length = Math.addExact(length, piece.length);
        }
        if (FrameHeader.length(length) + (long) length > room() && !isEmpty()) {
            return false;
        }
        FrameHeader.put(staging, opcode, length);
        for (byte[] piece : pieces) {
            put(piece, 0, piece.length);
        }
        messages++;
        return true;
    }

    private void put(byte[] source, int offset, int length) {
        int now = Math.min(length, room());
        staging.put(source, offset, now);
        if (now < length) {
            if (rest == null) {
                rest = new ArrayDeque<>();
            }
            rest.add(ByteBuffer.wrap(source, offset + now, length - now));
        }
    }

    private void transfer(ByteBuffer piece) {
        int bytes = Math.min(piece.remaining(), staging.remaining());
        staging.put(piece.slice(piece.position(), bytes));
        piece.position(piece.position() + bytes);
    }
}
