package io.netsentinel.websocket;

import static io.helidon.websocket.WsCloseCodes.PROTOCOL_ERROR;
import static io.helidon.websocket.WsCloseCodes.TOO_BIG;

import io.helidon.common.buffers.BufferData;

/// The header of the frame being received, read byte by byte and refused at the first byte that
/// breaks a rule.
final class ClientFrame {
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int CONTROL = 0x08;

    private final int maxLength;
    private final boolean deflate;
    private int bytesRead;
    private int lengthBytes;
    private int lengthBytesLeft;
    private int keyBytesLeft;

    private int first;
    private long length;
    private int key;

    /// @param maxLength largest payload, bytes
    /// @param deflate whether permessage-deflate was agreed on
    ClientFrame(int maxLength, boolean deflate) {
        this.maxLength = maxLength;
        this.deflate = deflate;
    }

    /// Forgets the frame before.
    void reset() {
        bytesRead = 0;
        lengthBytes = 0;
        lengthBytesLeft = 0;
        keyBytesLeft = 4;
        length = 0;
        key = 0;
    }

    /// Reads on.
    ///
    /// @param fragmented true when a message's further fragments are due
    /// @return true when the header is complete
    boolean read(BufferData in, boolean fragmented) {
        while (!complete() && !in.consumed()) {
            next(in.read(), fragmented);
        }
        return complete();
    }

    int opcode() {
        return first & 0x0F;
    }

    boolean isFinal() {
        return (first & FIN) != 0;
    }

    /// True when this frame begins a compressed message.
    boolean isDeflated() {
        return (first & FrameHeader.DEFLATED) != 0;
    }

    boolean isControl() {
        return (first & CONTROL) != 0;
    }

    /// Payload bytes, at most the limit.
    int length() {
        return (int) length;
    }

    int key() {
        return key;
    }

    private boolean complete() {
        return bytesRead >= 2 && lengthBytesLeft == 0 && keyBytesLeft == 0;
    }

    private void next(int value, boolean fragmented) {
        bytesRead++;
        if (bytesRead == 1) {
            first(value, fragmented);
        } else if (bytesRead == 2) {
            second(value);
        } else if (lengthBytesLeft > 0) {
            length = length << 8 | value;
            if (--lengthBytesLeft == 0) {
                checkLength();
            }
        } else {
            key = key << 8 | value;
            keyBytesLeft--;
        }
    }

    private void first(int value, boolean fragmented) {
        first = value;
        require((value & reserved()) == 0, "reserved bit set");
        switch (opcode()) {
            case FrameHeader.CONTINUATION -> require(fragmented, "continuation of nothing");
            case FrameHeader.TEXT, FrameHeader.BINARY ->
                    require(!fragmented, "new message inside a fragmented one");
            case FrameHeader.CLOSE, FrameHeader.PING, FrameHeader.PONG ->
                    require(isFinal(), "fragmented control frame");
            default -> require(false, "reserved opcode");
        }
    }

    /// RSV1 means something on a message's first frame, once it was agreed on, and nowhere else.
    private int reserved() {
        boolean begins = opcode() == FrameHeader.TEXT || opcode() == FrameHeader.BINARY;
        return deflate && begins ? RESERVED & ~FrameHeader.DEFLATED : RESERVED;
    }

    private void second(int value) {
        require((value & MASKED) != 0, "unmasked frame");
        length = value & 0x7F;
        require(!isControl() || length <= CloseFrame.MAX_PAYLOAD, "control frame too long");
        lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        lengthBytesLeft = lengthBytes;
        if (lengthBytes == 0) {
            checkLength();
        } else {
            length = 0;
        }
    }

    private void checkLength() {
        require(length >= 0, "length with the highest bit set");
        require(lengthBytes != 2 || length > 125, "length not in its shortest form");
        require(lengthBytes != 8 || length > 65535, "length not in its shortest form");
        if (length > maxLength && !isControl()) {
            throw new Violation(TOO_BIG, "frame larger than " + maxLength + " bytes");
        }
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new Violation(PROTOCOL_ERROR, rule);
        }
    }
}
