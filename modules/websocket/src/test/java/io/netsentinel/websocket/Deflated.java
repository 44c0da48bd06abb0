package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A peer's side of permessage-deflate, for tests.
final class Deflated {
    static final int RSV1 = 0x40;
    static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    private Deflated() {}

    static byte[] of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /// A message's compressed payload, without the four bytes at its end.
    static byte[] of(byte[] message) {
        Deflater deflater = new Deflater(9, true);
        try {
            deflater.setInput(message);
            byte[] out = new byte[message.length + message.length / 100 + 100];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - 4);
        } finally {
            deflater.end();
        }
    }

    /// The message a compressed payload stands for.
    static byte[] message(byte[] payload) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(join(payload, hex("0000ffff")));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            int length = inflater.inflate(part);
            while (length > 0) {
                out.write(part, 0, length);
                length = inflater.inflate(part);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(e);
        } finally {
            inflater.end();
        }
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /// Opens a WebSocket with the extension agreed on.
    static RawClient connect(TestServer server) {
        RawClient client = RawClient.tcp(server.port());
        client.send(RawClient.handshake("/", OFFER));
        String answer = client.readHead();
        if (!answer.contains("Sec-WebSocket-Extensions: permessage-deflate;")) {
            throw new AssertionError("not agreed on: " + answer);
        }
        return client;
    }
}
