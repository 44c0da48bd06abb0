package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A client's side of permessage-deflate (RFC 7692 7.2), each message from nothing.
final class Deflate {
    private static final byte[] TAIL = {0, 0, -1, -1};

    private Deflate() {}

    static byte[] message(String text) {
        return message(text.getBytes(UTF_8));
    }

    /// The compressed payload of a message.
    static byte[] message(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(message);
            byte[] out = new byte[message.length + message.length / 100 + 100];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - TAIL.length);
        } finally {
            deflater.end();
        }
    }

    /// The message of a compressed payload. Fails on one that needs the window of a message before.
    static byte[] inflate(byte[] payload) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(RawWebSocket.join(payload, TAIL));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 16];
            int length = inflater.inflate(part);
            while (length > 0) {
                out.write(part, 0, length);
                length = inflater.inflate(part);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new AssertionError("not compressed by itself", e);
        } finally {
            inflater.end();
        }
    }
}
