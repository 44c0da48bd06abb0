package io.netsentinel.integrations.pcap;

/// Takes a pcap or pcapng file apart into packets. It is shown the file piece by piece and holds
/// none of it: of each piece it takes the whole records, and is shown the rest again with more
/// behind it. Nothing in a file makes it throw.
///
/// pcap: both byte orders, micro- and nanoseconds, and the variant with longer headers. pcapng:
/// sections in both byte orders, interfaces with their resolution and offset of time, enhanced,
/// simple and obsolete packet blocks; other blocks are passed over.
final class RecordReader {
    /// The file does not say when.
    static final long NO_TIME = Long.MIN_VALUE;

    /// Most bytes of a captured packet, as libpcap has it.
    static final int MOST_CAPTURED = 256 << 10;

    /// A piece must have room for the longest record.
    static final int PIECE = 2 * MOST_CAPTURED;

    private static final long MICROS = 0xA1B2C3D4L;
    private static final long NANOS = 0xA1B23C4DL;
    private static final long LONGER = 0xA1B2CD34L;
    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final int LONGER_RECORD = 24;
    private static final long SECOND = 1_000_000_000L;
    private static final int ENOUGH = 4;

    private final RecordSink sink;
    private Format format = Format.UNKNOWN;
    private boolean big;
    private long unit;
    private int recordHeader;
    private int linkType;
    private BlockReader blocks;
    private String broken = "";

    private enum Format {
        UNKNOWN,
        PCAP,
        PCAPNG
    }

    RecordReader(RecordSink sink) {
        this.sink = sink;
        this.blocks = new BlockReader(sink);
    }

    /// Why nothing more of the file can be read; empty while it can.
    String broken() {
        return broken;
    }

    /// Whether a whole file of this format may end after this many bytes that were not taken.
    boolean needsHeader() {
        return format == Format.UNKNOWN;
    }

    /// Begins anew.
    void reset() {
        format = Format.UNKNOWN;
        broken = "";
        blocks = new BlockReader(sink);
    }

    /// Takes the whole records of a piece.
    ///
    /// @param position where the piece begins in the file
    /// @return how many bytes were taken; may be more than there are, when a block is passed over
    long read(byte[] bytes, int offset, int length, long position) {
        long at = 0;
        while (broken.isEmpty() && at < length) {
            long taken = next(bytes, offset + (int) at, length - (int) at, position + at);
            if (taken == 0) {
                break;
            }
            at += Math.abs(taken);
            if (taken < 0) {
                break;
            }
        }
        return at;
    }

    /// How many bytes of a record were taken; none when it is not whole, negative when it was the
    /// last one for now.
    private long next(byte[] bytes, int at, int length, long position) {
        return switch (format) {
            case UNKNOWN -> header(bytes, at, length);
            case PCAP -> record(bytes, at, length, position);
            case PCAPNG -> block(bytes, at, length, position);
        };
    }

    private long block(byte[] bytes, int at, int length, long position) {
        long taken = blocks.read(bytes, at, length, position);
        broken = blocks.broken();
        return taken;
    }

    private long header(byte[] bytes, int at, int length) {
        if (length < ENOUGH) {
            return 0;
        }
        if (Endian.u32(bytes, at) == BlockReader.SECTION) {
            format = Format.PCAPNG;
            return block(bytes, at, length, 0);
        }
        long magic = Endian.u32(bytes, at);
        big = magic == MICROS || magic == NANOS || magic == LONGER;
        magic = Endian.u32(bytes, at, big);
        if (magic != MICROS && magic != NANOS && magic != LONGER) {
            broken = "it begins with neither the header of pcap nor that of pcapng";
            return 0;
        }
        if (length < HEADER) {
            return 0;
        }
        unit = magic == NANOS ? 1 : 1_000;
        recordHeader = magic == LONGER ? LONGER_RECORD : RECORD;
        // the upper bits say whether there is a checksum behind each frame
        linkType = (int) Endian.u32(bytes, at + 20, big) & 0xFFFF;
        format = Format.PCAP;
        return HEADER;
    }

    private long record(byte[] bytes, int at, int length, long position) {
        if (length < recordHeader) {
            return 0;
        }
        long captured = Endian.u32(bytes, at + 8, big);
        if (captured > MOST_CAPTURED) {
            broken =
                    "the record at byte %d says it holds %d bytes, more than any packet"
                            .formatted(position, captured);
            return 0;
        }
        int whole = recordHeader + (int) captured;
        if (length < whole) {
            return 0;
        }
        long nanos = Endian.u32(bytes, at, big) * SECOND + Endian.u32(bytes, at + 4, big) * unit;
        long original = Math.max(captured, Endian.u32(bytes, at + 12, big));
        boolean more =
                sink.packet(
                        bytes,
                        at + recordHeader,
                        (int) captured,
                        original,
                        nanos,
                        linkType,
                        position + whole);
        return more ? whole : -whole;
    }
}
