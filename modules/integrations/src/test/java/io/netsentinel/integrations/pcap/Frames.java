package io.netsentinel.integrations.pcap;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// Makes frames as they are on the wire.
public final class Frames {
    static final int FIN_ACK = 0x11;
    static final int SYN = 0x02;
    static final int SYN_ACK = 0x12;
    static final int RST_ACK = 0x14;
    static final int ACK = 0x10;
    static final int PSH_ACK = 0x18;

    private Frames() {}

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] address(String text) {
        return InetAddress.ofLiteral(text).getAddress();
    }

    public static byte[] ethernet(byte[] network, int... tagsAndType) {
        ByteBuffer header = ByteBuffer.allocate(12 + 2 * tagsAndType.length).position(12);
        for (int value : tagsAndType) {
            header.putShort((short) value);
        }
        return join(header.array(), network);
    }

    public static byte[] v4(String source, String destination, int protocol, byte[] content) {
        return fragment(source, destination, protocol, 0, content);
    }

    static byte[] fragment(
            String source, String destination, int protocol, int fragment, byte[] content) {
        return join(
                ByteBuffer.allocate(12)
                        .put((byte) 0x45)
                        .put((byte) 0)
                        .putShort((short) (20 + content.length))
                        .putShort((short) 7)
                        .putShort((short) fragment)
                        .put((byte) 64)
                        .put((byte) protocol)
                        .array(),
                address(source),
                address(destination),
                content);
    }

    static byte[] v6(String source, String destination, int next, byte[] content) {
        return join(
                ByteBuffer.allocate(8)
                        .putInt(0x60000000)
                        .putShort((short) content.length)
                        .put((byte) next)
                        .put((byte) 64)
                        .array(),
                address(source),
                address(destination),
                content);
    }

    public static byte[] tcp(int source, int destination, int flags) {
        return ByteBuffer.allocate(20)
                .putShort((short) source)
                .putShort((short) destination)
                .putInt(1)
                .putInt(1)
                .put((byte) 0x50)
                .put((byte) flags)
                .array();
    }

    public static byte[] udp(int source, int destination) {
        return ByteBuffer.allocate(8)
                .putShort((short) source)
                .putShort((short) destination)
                .putShort((short) 8)
                .array();
    }

    /// A TCP packet over IPv4 and Ethernet.
    public static byte[] tcpFrame(String source, int from, String destination, int to, int flags) {
        return ethernet(v4(source, destination, 6, tcp(from, to, flags)), 0x0800);
    }

    public static byte[] udpFrame(String source, int from, String destination, int to) {
        return ethernet(v4(source, destination, 17, udp(from, to)), 0x0800);
    }
}
