package io.netsentinel.channels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.events.MessagePack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/// What a client makes of a frame: JSON, however it was written.
final class Frames {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte GZIP = 0x1F;

    private Frames() {}

    static String json(Frame frame) {
        if (frame.binary()) {
            return binary(frame.bytes());
        }
        String text = new String(frame.bytes(), StandardCharsets.UTF_8);
        try {
            JsonNode message = JSON.readTree(text);
            return message.path("type").asText().equals("compressed")
                    ? new String(gunzip(message.path("data").binaryValue()), StandardCharsets.UTF_8)
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String binary(byte[] bytes) {
        byte[] plain = bytes[0] == GZIP ? gunzip(bytes) : bytes;
        boolean text = plain[0] == '{' || plain[0] == '[';
        return new String(text ? plain : MessagePack.toJson(plain, 64), StandardCharsets.UTF_8);
    }

    static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
