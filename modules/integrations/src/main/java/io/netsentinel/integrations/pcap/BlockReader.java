package io.netsentinel.integrations.pcap;

import java.util.ArrayList;
import java.util.List;

/// Reads the blocks of a pcapng file.
final class BlockReader {
    /// Type of a section header; reads the same in both byte orders.
    static final long SECTION = 0x0A0D0D0AL;

    private static final long ORDER = 0x1A2B3C4DL;
    private static final long ORDER_SWAPPED = 0x4D3C2B1AL;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE = 2;
    private static final int SIMPLE = 3;
    private static final int ENHANCED = 6;

    private static final int SMALLEST = 12;
    private static final int SMALLEST_SECTION = 28;
    private static final int MOST_INTERFACES = 65_536;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;

    private final RecordSink sink;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private boolean big;
    private String broken = "";

    BlockReader(RecordSink sink) {
        this.sink = sink;
    }

    String broken() {
        return broken;
    }

    /// Reads a block as [RecordReader] wants it; a block that is passed over may be longer than
    /// what there is.
    long read(byte[] bytes, int at, int length, long position) {
        if (length < SMALLEST) {
            return 0;
        }
        boolean section = Endian.u32(bytes, at) == SECTION;
        if (section && !order(bytes, at)) {
            return damaged("the section header at byte %d has no byte order", position);
        }
        long type = section ? SECTION : Endian.u32(bytes, at, big);
        long whole = Endian.u32(bytes, at + 4, big);
        if (whole % 4 != 0 || whole < (section ? SMALLEST_SECTION : SMALLEST)) {
            return damaged("the block at byte %d has a length that cannot be", position);
        }
        if (!known(type)) {
            // nothing in it is needed, so it need not be there as a whole
            return whole;
        }
        if (whole > RecordReader.PIECE) {
            return more(tooLong(position, whole), whole);
        }
        if (length < whole) {
            return 0;
        }
        if (Endian.u32(bytes, at + (int) whole - 4, big) != whole) {
            return damaged("the block at byte %d ends with another length", position);
        }
        return more(take(type, bytes, at, (int) whole, position + whole), whole);
    }

    private boolean tooLong(long position, long whole) {
        return sink.damaged(
                "the block at byte %d is too long: %d bytes".formatted(position, whole),
                position + whole);
    }

    private static long more(boolean more, long whole) {
        return more ? whole : -whole;
    }

    private static boolean known(long type) {
        return type == SECTION
                || type == INTERFACE
                || type == ENHANCED
                || type == SIMPLE
                || type == OBSOLETE;
    }

    private boolean order(byte[] bytes, int at) {
        long order = Endian.u32(bytes, at + 8);
        if (order != ORDER && order != ORDER_SWAPPED) {
            return false;
        }
        big = order == ORDER;
        interfaces.clear();
        return true;
    }

    private long damaged(String reason, long position) {
        broken = reason.formatted(position);
        return 0;
    }

    private boolean take(long type, byte[] bytes, int at, int whole, long end) {
        return switch ((int) type) {
            case INTERFACE -> {
                describe(bytes, at, whole);
                yield true;
            }
            case ENHANCED -> enhanced(bytes, at, whole, end);
            case OBSOLETE -> obsolete(bytes, at, whole, end);
            case SIMPLE -> simple(bytes, at, whole, end);
            default -> true; // the header of a section: its byte order is known already
        };
    }

    private void describe(byte[] bytes, int at, int whole) {
        if (whole < 20 || interfaces.size() == MOST_INTERFACES) {
            return;
        }
        CaptureInterface described =
                CaptureInterface.plain(
                        Endian.u16(bytes, at + 8, big), Endian.u32(bytes, at + 12, big));
        int option = at + 16;
        int end = at + whole - 4;
        while (option + 4 <= end) {
            int code = Endian.u16(bytes, option, big);
            int length = Endian.u16(bytes, option + 2, big);
            if (code == 0 || option + 4 + length > end) {
                break;
            }
            described = with(described, code, length, bytes, option + 4);
            option += 4 + ((length + 3) & ~3);
        }
        interfaces.add(described);
    }

    private CaptureInterface with(
            CaptureInterface of, int code, int length, byte[] bytes, int value) {
        if (code == TIME_RESOLUTION && length == 1) {
            int resolution = Endian.u8(bytes, value);
            return new CaptureInterface(
                    of.linkType(),
                    of.snapLength(),
                    resolution & 0x7F,
                    resolution > 0x7F,
                    of.offset());
        }
        if (code == TIME_OFFSET && length == 8) {
            return new CaptureInterface(
                    of.linkType(),
                    of.snapLength(),
                    of.resolution(),
                    of.binary(),
                    Endian.i64(bytes, value, big));
        }
        return of;
    }

    private boolean enhanced(byte[] bytes, int at, int whole, long end) {
        return whole < 32
                ? sink.damaged("a packet's block is too short", end)
                : packet(bytes, at, whole, Endian.u32(bytes, at + 8, big), end);
    }

    private boolean obsolete(byte[] bytes, int at, int whole, long end) {
        return whole < 32
                ? sink.damaged("a packet's block is too short", end)
                : packet(bytes, at, whole, Endian.u16(bytes, at + 8, big), end);
    }

    /// Both kinds have the same layout from the time on.
    private boolean packet(byte[] bytes, int at, int whole, long number, long end) {
        long captured = Endian.u32(bytes, at + 20, big);
        if (number >= interfaces.size()) {
            return sink.damaged("a packet of an interface that is not described", end);
        }
        if (captured > whole - 32 || captured > RecordReader.MOST_CAPTURED) {
            return sink.damaged("a packet that is longer than its block", end);
        }
        CaptureInterface on = interfaces.get((int) number);
        long ticks = (Endian.u32(bytes, at + 12, big) << 32) | Endian.u32(bytes, at + 16, big);
        long original = Math.max(captured, Endian.u32(bytes, at + 24, big));
        return sink.packet(
                bytes, at + 28, (int) captured, original, on.nanos(ticks), on.linkType(), end);
    }

    private boolean simple(byte[] bytes, int at, int whole, long end) {
        if (whole < 16) {
            return sink.damaged("a packet's block is too short", end);
        }
        if (interfaces.isEmpty()) {
            return sink.damaged("a packet of an interface that is not described", end);
        }
        CaptureInterface on = interfaces.getFirst();
        long original = Endian.u32(bytes, at + 8, big);
        long captured = Math.min(original, whole - 16L);
        if (on.snapLength() > 0) {
            captured = Math.min(captured, on.snapLength());
        }
        return sink.packet(
                bytes,
                at + 12,
                (int) Math.min(captured, RecordReader.MOST_CAPTURED),
                original,
                RecordReader.NO_TIME,
                on.linkType(),
                end);
    }
}
