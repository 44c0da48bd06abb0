package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.client.Frames.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// MessagePack as far as JSON goes: maps with text as keys, arrays, text, numbers, `true`, `false`
/// and `nil`; binary data is read as base64 text, as Jackson has it.
final class MessagePack {
    private static final int DEEPEST = 500;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ByteBuffer in;

    private MessagePack(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    static JsonNode read(byte[] bytes) throws MalformedException {
        MessagePack reader = new MessagePack(bytes);
        try {
            JsonNode value = reader.value(0);
            if (reader.in.hasRemaining()) {
                throw new MalformedException("more than one MessagePack value in a frame");
            }
            return value;
        } catch (BufferUnderflowException _) {
            throw new MalformedException("a MessagePack frame that ends too early");
        }
    }

    private JsonNode value(int depth) throws MalformedException {
        int head = in.get() & 0xff;
        if (head < 0x80) {
            return NODES.numberNode(head);
        }
        if (head < 0x90) {
            return map(head & 0x0f, depth);
        }
        if (head < 0xa0) {
            return array(head & 0x0f, depth);
        }
        if (head < 0xc0) {
            return NODES.textNode(text(head & 0x1f));
        }
        if (head >= 0xe0) {
            return NODES.numberNode((int) (byte) head);
        }
        return switch (head) {
            case 0xc0 -> NODES.nullNode();
            case 0xc2 -> NODES.booleanNode(false);
            case 0xc3 -> NODES.booleanNode(true);
            case 0xc4 -> NODES.binaryNode(bytes(in.get() & 0xff));
            case 0xc5 -> NODES.binaryNode(bytes(in.getShort() & 0xffff));
            case 0xc6 -> NODES.binaryNode(bytes(in.getInt()));
            case 0xca -> NODES.numberNode(in.getFloat());
            case 0xcb -> NODES.numberNode(in.getDouble());
            case 0xcc -> NODES.numberNode(in.get() & 0xff);
            case 0xcd -> NODES.numberNode(in.getShort() & 0xffff);
            case 0xce -> NODES.numberNode(in.getInt() & 0xffffffffL);
            case 0xcf -> unsigned(in.getLong());
            case 0xd0 -> NODES.numberNode((int) in.get());
            case 0xd1 -> NODES.numberNode((int) in.getShort());
            case 0xd2 -> NODES.numberNode(in.getInt());
            case 0xd3 -> NODES.numberNode(in.getLong());
            case 0xd9 -> NODES.textNode(text(in.get() & 0xff));
            case 0xda -> NODES.textNode(text(in.getShort() & 0xffff));
            case 0xdb -> NODES.textNode(text(in.getInt()));
            case 0xdc -> array(in.getShort() & 0xffff, depth);
            case 0xdd -> array(in.getInt(), depth);
            case 0xde -> map(in.getShort() & 0xffff, depth);
            case 0xdf -> map(in.getInt(), depth);
            default ->
                    throw new MalformedException(
                            "a MessagePack value of the kind 0x" + Integer.toHexString(head));
        };
    }

    private static JsonNode unsigned(long bits) {
        return bits >= 0
                ? NODES.numberNode(bits)
                : NODES.numberNode(new BigInteger(Long.toUnsignedString(bits)));
    }

    private JsonNode array(int size, int depth) throws MalformedException {
        requireRoom(size, depth);
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            array.add(value(depth + 1));
        }
        return array;
    }

    private JsonNode map(int size, int depth) throws MalformedException {
        requireRoom(size, depth);
        ObjectNode map = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            JsonNode key = value(depth + 1);
            if (!key.isTextual()) {
                throw new MalformedException("a MessagePack map whose key is no text");
            }
            map.set(key.textValue(), value(depth + 1));
        }
        return map;
    }

    /// Every value has a byte at least, so a length above what is left is a lie.
    private void requireRoom(int size, int depth) throws MalformedException {
        if (size < 0 || size > in.remaining()) {
            throw new MalformedException("a MessagePack length beyond the frame's end");
        }
        if (depth > DEEPEST) {
            throw new MalformedException("MessagePack deeper than " + DEEPEST + " levels");
        }
    }

    private byte[] bytes(int length) throws MalformedException {
        requireRoom(length, 0);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private String text(int length) throws MalformedException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    static byte[] write(JsonNode value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonNode value, DataOutputStream out) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                length(value.size(), 0x80, 0xde, out);
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    text(member.getKey(), out);
                    write(member.getValue(), out);
                }
            }
            case ARRAY -> {
                length(value.size(), 0x90, 0xdc, out);
                for (JsonNode one : value) {
                    write(one, out);
                }
            }
            case NUMBER -> number(value, out);
            case BOOLEAN -> out.write(value.booleanValue() ? 0xc3 : 0xc2);
            case STRING, BINARY -> text(value.asText(), out);
            case NULL, MISSING, POJO -> out.write(0xc0);
        }
    }

    private static void length(int size, int small, int large, DataOutputStream out)
            throws IOException {
        if (size < 16) {
            out.write(small | size);
        } else if (size < 1 << 16) {
            out.write(large);
            out.writeShort(size);
        } else {
            out.write(large + 1);
            out.writeInt(size);
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 32) {
            out.write(0xa0 | bytes.length);
        } else if (bytes.length < 1 << 8) {
            out.write(0xd9);
            out.write(bytes.length);
        } else if (bytes.length < 1 << 16) {
            out.write(0xda);
            out.writeShort(bytes.length);
        } else {
            out.write(0xdb);
            out.writeInt(bytes.length);
        }
        out.write(bytes);
    }

    private static void number(JsonNode number, DataOutputStream out) throws IOException {
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            out.write(0xcb);
            out.writeDouble(number.doubleValue());
            return;
        }
        long value = number.longValue();
        if (value >= -32 && value < 128) {
            out.write((int) value);
        } else if (value == (int) value) {
            out.write(0xd2);
            out.writeInt((int) value);
        } else {
            out.write(0xd3);
            out.writeLong(value);
        }
    }
}
