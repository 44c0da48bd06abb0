package io.netsentinel.websocket;

import java.nio.ByteBuffer;

/// The bytes before a server's payload (RFC 6455 5.2): always final, never masked.
final class FrameHeader {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /// On a message's first frame: the message is compressed (RFC 7692 6).
    static final int DEFLATED = 0x40;

    private static final int FIN = 0x80;

    private FrameHeader() {}

    static int length(int payload) {
        return payload < 126 ? 2 : payload < 65536 ? 4 : 10;
    }

    /// @param opcode with [#DEFLATED] when the message is compressed
    static void put(ByteBuffer target, int opcode, int payload) {
        target.put((byte) (FIN | opcode));
        if (payload < 126) {
            target.put((byte) payload);
        } else if (payload < 65536) {
            target.put((byte) 126).putShort((short) payload);
        } else {
            target.put((byte) 127).putLong(payload);
        }
    }
}
