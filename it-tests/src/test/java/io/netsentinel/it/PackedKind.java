package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// MessagePack, written and read by hand from its specification, so that the server is not tested
/// with its own library. Only what the protocol needs.
///
/// @param name named in reports
/// @param zipped whether large frames may be compressed
record PackedKind(String name, boolean zipped) implements ClientKind {
    private static final int GZIP = 0x1f;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public String subprotocol() {
        return "netsentinel.v1.msgpack";
    }

    @Override
    public void greet(ObjectNode connect) {
        if (zipped) {
            connect.putArray("compress").add("gzip");
        }
    }

    @Override
    public LeanSocket.Message encode(ObjectNode message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(message, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new LeanSocket.Message(LeanSocket.BINARY, bytes.toByteArray());
    }

    private static void write(JsonNode node, DataOutputStream out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeByte(0xde);
                out.writeShort(node.size());
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    text(field.getKey(), out);
                    write(field.getValue(), out);
                }
            }
            case ARRAY -> {
                out.writeByte(0xdc);
                out.writeShort(node.size());
                for (JsonNode one : node) {
                    write(one, out);
                }
            }
            case STRING -> text(node.asText(), out);
            case NUMBER -> {
                out.writeByte(0xd3);
                out.writeLong(node.asLong());
            }
            case BOOLEAN -> out.writeByte(node.asBoolean() ? 0xc3 : 0xc2);
            default -> out.writeByte(0xc0);
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(0xda);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    @Override
    public JsonNode decode(LeanSocket.Message frame) {
        if (frame.opcode() != LeanSocket.BINARY) {
            throw new AssertionError("text with MessagePack: " + frame.text());
        }
        byte[] payload = frame.payload();
        try (DataInputStream in =
                new DataInputStream(
                        payload[0] == GZIP
                                ? new GZIPInputStream(new ByteArrayInputStream(payload))
                                : new ByteArrayInputStream(payload))) {
            return read(in);
        } catch (IOException e) {
            throw new AssertionError("no MessagePack", e);
        }
    }

    private static JsonNode read(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        if (type < 0x80 || type >= 0xe0) {
            return NODES.numberNode((byte) type);
        }
        if (type < 0x90) {
            return object(type & 0x0f, in);
        }
        if (type < 0xa0) {
            return array(type & 0x0f, in);
        }
        if (type < 0xc0) {
            return text(type & 0x1f, in);
        }
        return switch (type) {
            case 0xc0 -> NODES.nullNode();
            case 0xc2 -> NODES.booleanNode(false);
            case 0xc3 -> NODES.booleanNode(true);
            case 0xca -> NODES.numberNode(in.readFloat());
            case 0xcb -> NODES.numberNode(in.readDouble());
            case 0xcc -> NODES.numberNode(in.readUnsignedByte());
            case 0xcd -> NODES.numberNode(in.readUnsignedShort());
            case 0xce -> NODES.numberNode(Integer.toUnsignedLong(in.readInt()));
            case 0xcf, 0xd3 -> NODES.numberNode(in.readLong());
            case 0xd0 -> NODES.numberNode(in.readByte());
            case 0xd1 -> NODES.numberNode(in.readShort());
            case 0xd2 -> NODES.numberNode(in.readInt());
            case 0xd9 -> text(in.readUnsignedByte(), in);
            case 0xda -> text(in.readUnsignedShort(), in);
            case 0xdb -> text(in.readInt(), in);
            case 0xdc -> array(in.readUnsignedShort(), in);
            case 0xdd -> array(in.readInt(), in);
            case 0xde -> object(in.readUnsignedShort(), in);
            case 0xdf -> object(in.readInt(), in);
            default -> throw new IOException("type " + type);
        };
    }

    private static JsonNode text(int length, DataInputStream in) throws IOException {
        return NODES.textNode(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static ArrayNode array(int size, DataInputStream in) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (int n = 0; n < size; n++) {
            array.add(read(in));
        }
        return array;
    }

    private static ObjectNode object(int size, DataInputStream in) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (int n = 0; n < size; n++) {
            String key = read(in).asText();
            object.set(key, read(in));
        }
        return object;
    }
}
