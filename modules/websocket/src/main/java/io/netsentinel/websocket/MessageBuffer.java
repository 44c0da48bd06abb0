package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsCloseCodes;
import java.util.Arrays;
import java.util.Optional;

/// The message being received. Grows with the bytes that arrive, not with what a header promises,
/// and holds nothing between two messages.
final class MessageBuffer {
    private static final byte[] EMPTY = {};
    private static final int FIRST_SIZE = 8 << 10;

    private final int maxLength;
    private final int maxInflated;
    private final Optional<Deflation> deflation;
    private final Utf8 utf8 = new Utf8();
    private byte[] bytes = EMPTY;
    private int length;
    private boolean open;
    private boolean text;
    private boolean deflated;

    /// @param deflation present when permessage-deflate was agreed on
    MessageBuffer(WebSocketLimits limits, Optional<Deflation> deflation) {
        this.maxLength = limits.maxMessage();
        this.maxInflated = limits.maxInflated();
        this.deflation = deflation;
    }

    boolean isOpen() {
        return open;
    }

    boolean isText() {
        return text;
    }

    /// True when it came compressed.
    boolean isDeflated() {
        return deflated;
    }

    /// Bytes received so far.
    int length() {
        return length;
    }

    /// Ends a compressed message.
    InflatedMessage takeInflated() {
        InflatedMessage message = new InflatedMessage(maxInflated, text);
        deflation.orElseThrow().inflate(message, bytes, length);
        clear();
        return message;
    }

    /// A data frame begins.
    void begin(ClientFrame frame) {
        if (!open) {
            open = true;
            text = frame.opcode() == FrameHeader.TEXT;
            deflated = frame.isDeflated();
        }
        if ((long) length + frame.length() > maxLength) {
            throw new Violation(
                    WsCloseCodes.TOO_BIG, "message larger than " + maxLength + " bytes");
        }
    }

    /// Takes payload bytes off the input.
    ///
    /// @param count how many
    /// @param position where in the frame's payload they stand
    void append(BufferData in, int count, ClientFrame frame, int position) {
        grow(count, frame.length() - position, frame.isFinal());
        int end = length + in.read(bytes, length, count);
        Masking.unmask(bytes, length, end, frame.key(), position);
        if (text && !deflated && !utf8.accept(bytes, length, end)) {
            throw notUtf8();
        }
        length = end;
    }

    /// Ends a text message.
    String takeText() {
        if (!utf8.complete()) {
            throw notUtf8();
        }
        String message = new String(bytes, 0, length, UTF_8);
        clear();
        return message;
    }

    /// Ends a binary message.
    byte[] takeBinary() {
        byte[] message = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
        clear();
        return message;
    }

    void clear() {
        bytes = EMPTY;
        length = 0;
        open = false;
    }

    /// Doubles, so that many small fragments cost no more than one large frame; a final frame gets
    /// no more than it promises.
    private void grow(int count, int promised, boolean isFinal) {
        int needed = length + count;
        if (needed > bytes.length) {
            int step = Math.max(FIRST_SIZE, length);
            long capacity = (long) length + (isFinal ? Math.min(promised, step) : step);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(maxLength, capacity)));
        }
    }

    private static Violation notUtf8() {
        return new Violation(WsCloseCodes.NOT_CONSISTENT, "text is not UTF-8");
    }
}
