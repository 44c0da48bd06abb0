package io.netsentinel.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The frames of one socket write, about 64 KiB, less on a connection whose peer is slow.
///
/// Every method that adds a frame answers false, and adds nothing, when the frame does not fit into
/// what is left; keep it and answer true from [ConnectionHandler#fill(FrameBuffer)]. A frame larger
/// than a whole buffer fits into an empty one, where it is referred to, not copied, and goes out in
/// several writes: its arrays must not change before `fill` is called again.
///
/// On a connection with permessage-deflate, messages from 512 bytes on are compressed as they are
/// added when that makes them smaller. Whether one fits is decided by its own size.
public final class FrameBuffer {
    /// Kept free for the close frame, which fits into every buffer.
    private static final int RESERVE = 2 + CloseFrame.MAX_PAYLOAD;

    private final ByteBuffer staging;
    private final int limit;
    private final Optional<Deflation> deflation;
    private @Nullable ArrayDeque<ByteBuffer> rest;
    private int messages;
    private boolean overfull;

    /// @param staging empty, of at least 1 KiB
    /// @param deflation present when permessage-deflate was agreed on
    FrameBuffer(ByteBuffer staging, Optional<Deflation> deflation) {
        this.staging = staging;
        this.deflation = deflation;
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

    /// Adds a text frame whose payload other connections send as well. Where it is compressed, that
    /// is done for the first of them.
    ///
    /// @param payload the message, valid UTF-8, never changed again; the same array everywhere
    /// @return false when it does not fit
    public boolean sharedText(byte[] payload) {
        return shared(FrameHeader.TEXT, payload);
    }

    /// Adds a binary frame whose payload other connections send as well, as [#sharedText(byte[])].
    ///
    /// @return false when it does not fit
    public boolean sharedBinary(byte[] payload) {
        return shared(FrameHeader.BINARY, payload);
    }

    /// Adds a binary frame.
    ///
    /// @param payload the message
    /// @return false when it does not fit
    public boolean binary(byte[] payload) {
        return data(FrameHeader.BINARY, payload, 0, payload.length);
    }

    /// Adds a binary frame that no compression would make smaller, so none is tried.
    ///
    /// @param payload the message, of random bytes
    /// @return false when it does not fit
    public boolean incompressible(byte[] payload) {
        if (!fits(payload.length)) {
            return false;
        }
        frame(FrameHeader.BINARY, payload, 0, payload.length);
        return true;
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
        byte[] bytes = deflation.isEmpty() ? frame.bytes() : frame.deflated(deflation.get());
        if (bytes.length > room() && !isEmpty()) {
            return false;
        }
        put(bytes, 0, bytes.length);
        messages++;
        return true;
    }

    /// Adds a ping. One fits even when nothing else does, so that a message and the ping behind it
    /// never have to be taken apart.
    ///
    /// @param payload at most 125 bytes
    /// @return false when it does not fit
    public boolean ping(byte[] payload) {
        return control(FrameHeader.PING, payload);
    }

    boolean control(int opcode, byte[] payload) {
        CloseFrame.checkControlLength(payload.length);
        if (2 + payload.length <= room()) {
            FrameHeader.put(staging, opcode, payload.length);
            staging.put(payload);
            return true;
        }
        boolean first = !overfull;
        if (first) {
            overfull = true;
            behind(controlFrame(opcode, payload));
        }
        return first;
    }

    /// Adds the close frame, behind everything else; there is always room for it.
    void close(byte[] payload) {
        ByteBuffer frame = controlFrame(FrameHeader.CLOSE, payload);
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
        if (!fits(length)) {
            return false;
        }
        if (deflation.isEmpty()
                || !deflated(opcode, deflation.get().compress(source, offset, length))) {
            frame(opcode, source, offset, length);
        }
        return true;
    }

    private boolean shared(int opcode, byte[] payload) {
        if (!fits(payload.length)) {
            return false;
        }
        if (deflation.isEmpty() || !deflated(opcode, deflation.get().compressShared(payload))) {
            frame(opcode, payload, 0, payload.length);
        }
        return true;
    }

    private boolean data(int opcode, List<byte[]> pieces) {
        int length = 0;
        for (byte[] piece : pieces) {
            length = Math.addExact(length, piece.length);
        }
        if (!fits(length)) {
            return false;
        }
        if (deflation.isPresent() && deflated(opcode, deflation.get().compress(pieces, length))) {
            return true;
        }
        FrameHeader.put(staging, opcode, length);
        for (byte[] piece : pieces) {
            put(piece, 0, piece.length);
        }
        messages++;
        return true;
    }

    /// Whether a frame fits.
    ///
    /// @param length bytes of its payload, uncompressed
    public boolean fits(int length) {
        return isEmpty() || FrameHeader.length(length) + (long) length <= room();
    }

    /// @return false when there is nothing that would be smaller
    private boolean deflated(int opcode, byte[] payload) {
        if (payload.length == 0) {
            return false;
        }
        frame(opcode | FrameHeader.DEFLATED, payload, 0, payload.length);
        return true;
    }

    private void frame(int opcode, byte[] source, int offset, int length) {
        FrameHeader.put(staging, opcode, length);
        put(source, offset, length);
        messages++;
    }

    private void put(byte[] source, int offset, int length) {
        int now = Math.min(length, room());
        staging.put(source, offset, now);
        if (now < length) {
            behind(ByteBuffer.wrap(source, offset + now, length - now));
        }
    }

    private static ByteBuffer controlFrame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(2 + payload.length);
        FrameHeader.put(frame, opcode, payload.length);
        return frame.put(payload).flip();
    }

    /// Goes out after what is in the buffer.
    private void behind(ByteBuffer bytes) {
        if (rest == null) {
            rest = new ArrayDeque<>();
        }
        rest.add(bytes);
    }

    private void transfer(ByteBuffer piece) {
        int bytes = Math.min(piece.remaining(), staging.remaining());
        staging.put(piece.slice(piece.position(), bytes));
        piece.position(piece.position() + bytes);
    }
}
