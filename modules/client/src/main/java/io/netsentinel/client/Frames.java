package io.netsentinel.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Takes frames apart: one message or an array of them, as JSON or MessagePack, perhaps compressed.
final class Frames {
    /// Bytes of the largest frame taken, inflated: above the largest event the server keeps.
    static final int MOST = 20 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Frames() {}

    /// A frame is not what the protocol says.
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static List<ObjectNode> text(String frame) throws MalformedException {
        try {
            return messages(JSON.readTree(frame));
        } catch (IOException e) {
            throw new MalformedException("a frame that is not JSON: " + where(e));
        }
    }

    /// What a binary frame is shows at its first byte: 0x1f 0x8b begins a gzip and `{` or `[` JSON,
    /// and neither begins a MessagePack map or array.
    static List<ObjectNode> binary(byte[] frame) throws MalformedException {
        byte[] plain = isGzip(frame) ? inflate(frame) : frame;
        if (plain.length == 0) {
            throw new MalformedException("an empty frame");
        }
        if (plain[0] != '{' && plain[0] != '[') {
            return messages(MessagePack.read(plain));
        }
        try {
            return messages(JSON.readTree(plain));
        } catch (IOException e) {
            throw new MalformedException("a frame that is not JSON: " + where(e));
        }
    }

    private static boolean isGzip(byte[] frame) {
        return frame.length > 2 && frame[0] == 0x1f && frame[1] == (byte) 0x8b;
    }

    private static byte[] inflate(byte[] frame) throws MalformedException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(frame))) {
            byte[] plain = in.readNBytes(MOST + 1);
            if (plain.length > MOST) {
                throw new MalformedException("a frame of more than " + MOST + " bytes");
            }
            return plain;
        } catch (IOException e) {
            throw new MalformedException("a frame that is no good gzip: " + e.getMessage());
        }
    }

    private static List<ObjectNode> messages(JsonNode frame) throws MalformedException {
        List<ObjectNode> messages = new ArrayList<>(Math.max(1, frame.size()));
        for (JsonNode one : frame.isArray() ? frame : List.of(frame)) {
            if (!(one instanceof ObjectNode message) || !one.path("type").isTextual()) {
                throw new MalformedException("a message that is not an object with a type");
            }
            messages.add(message);
        }
        return messages;
    }

    /// The place, without the text around it, which an attacker may have written.
    private static String where(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                        && json.getLocation() != null
                ? "column " + json.getLocation().getColumnNr()
                : e.getClass().getSimpleName();
    }
}
