package io.netsentinel.integrations.pcap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes capture files, in either byte order.
public final class CaptureFile {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteOrder order;
    private long unit = 1_000;

    private CaptureFile(ByteOrder order) {
        this.order = order;
    }

    public static CaptureFile pcap(int linkType) {
        return pcap(0xA1B2C3D4, ByteOrder.LITTLE_ENDIAN, linkType);
    }

    static CaptureFile pcap(int magic, ByteOrder order, int linkType) {
        CaptureFile made = new CaptureFile(order);
        made.unit = magic == 0xA1B23C4D ? 1 : 1_000;
        made.put(
                made.buffer(24)
                        .putInt(magic)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(65_535)
                        .putInt(linkType));
        return made;
    }

    static CaptureFile pcapng(ByteOrder order) {
        return new CaptureFile(order).section();
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private CaptureFile put(ByteBuffer bytes) {
        byte[] content = new byte[bytes.capacity()];
        bytes.get(0, content);
        file.writeBytes(content);
        return this;
    }

    /// A packet of a pcap file.
    public CaptureFile packet(long nanos, byte[] frame) {
        return packet(nanos, frame, frame.length);
    }

    CaptureFile packet(long nanos, byte[] frame, int original) {
        put(
                buffer(16)
                        .putInt((int) (nanos / 1_000_000_000))
                        .putInt((int) (nanos % 1_000_000_000 / unit))
                        .putInt(frame.length)
                        .putInt(original));
        file.writeBytes(frame);
        return this;
    }

    CaptureFile section() {
        return block(
                0x0A0D0D0A,
                buffer(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1));
    }

    /// An interface, with a resolution of time when it is not negative.
    CaptureFile described(int linkType, int snapLength, int resolution) {
        ByteBuffer body = buffer(resolution < 0 ? 8 : 20);
        body.putShort((short) linkType).putShort((short) 0).putInt(snapLength);
        if (resolution >= 0) {
            body.putShort((short) 9).putShort((short) 1).put((byte) resolution);
            body.position(body.position() + 3);
        }
        return block(1, body);
    }

    CaptureFile enhanced(int number, long ticks, byte[] frame) {
        ByteBuffer body = buffer(20 + padded(frame.length));
        body.putInt(number)
                .putInt((int) (ticks >>> 32))
                .putInt((int) ticks)
                .putInt(frame.length)
                .putInt(frame.length)
                .put(frame);
        return block(6, body);
    }

    CaptureFile obsolete(int number, long ticks, byte[] frame) {
        ByteBuffer body = buffer(20 + padded(frame.length));
        body.putShort((short) number)
                .putShort((short) 0)
                .putInt((int) (ticks >>> 32))
                .putInt((int) ticks)
                .putInt(frame.length)
                .putInt(frame.length)
                .put(frame);
        return block(2, body);
    }

    CaptureFile simple(byte[] frame, int original) {
        return block(3, buffer(4 + padded(frame.length)).putInt(original).put(frame));
    }

    CaptureFile block(int type, ByteBuffer body) {
        int length = body.capacity() + 12;
        put(buffer(8).putInt(type).putInt(length));
        put(body);
        return put(buffer(4).putInt(length));
    }

    CaptureFile raw(byte[] bytes) {
        file.writeBytes(bytes);
        return this;
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    public byte[] bytes() {
        return file.toByteArray();
    }
}
