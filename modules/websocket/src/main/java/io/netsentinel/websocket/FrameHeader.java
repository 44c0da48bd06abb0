package io.netsentinel.websocket;

/// The bytes before a server's payload (RFC 6455 5.2): never masked, always final.
final class FrameHeader {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;

    private FrameHeader() {}

    static int length(int payload) {
        return payload < 126 ? 2 : payload < 65536 ? 4 : 10;
    }

    /// Writes the header at `at`; returns the position after it.
    static int write(byte[] target, int at, int opcode, int payload) {
        target[at] = (byte) (FIN | opcode);
        if (payload < 126) {
            target[at + 1] = (byte) payload;
            return at + 2;
        }
        if (payload < 65536) {
            target[at + 1] = 126;
            target[at + 2] = (byte) (payload >>> 8);
            target[at + 3] = (byte) payload;
            return at + 4;
        }
        target[at + 1] = 127;
        for (int i = 0; i < 8; i++) {
            target[at + 2 + i] = (byte) ((long) payload >>> (56 - 8 * i));
        }
        return at + 10;
    }
}
