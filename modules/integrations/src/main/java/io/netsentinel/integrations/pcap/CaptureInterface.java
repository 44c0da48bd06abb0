package io.netsentinel.integrations.pcap;

/// An interface that packets of a pcapng section were captured on.
///
/// @param linkType what its packets begin with
/// @param snapLength most bytes that were kept of a packet; 0 for all
/// @param resolution exponent of the unit of its times
/// @param binary whether that is a power of 2, not of 10
/// @param offset seconds to be added to its times
record CaptureInterface(
        int linkType, long snapLength, int resolution, boolean binary, long offset) {
    private static final long SECOND = 1_000_000_000L;
    private static final long LATEST = Long.MAX_VALUE / SECOND - 1;
    private static final int NANO = 9;
    private static final int MICRO = 6;

    /// An interface whose block has no options.
    static CaptureInterface plain(int linkType, long snapLength) {
        return new CaptureInterface(linkType, snapLength, MICRO, false, 0);
    }

    /// Nanoseconds since 1970; [RecordReader#NO_TIME] when that is out of every range.
    long nanos(long ticks) {
        long seconds;
        long fraction;
        if (binary) {
            seconds = resolution > 63 ? 0 : ticks >>> resolution;
            fraction = binaryFraction(ticks);
        } else if (resolution <= NANO) {
            long unit = power(resolution);
            seconds = Long.divideUnsigned(ticks, unit);
            fraction = Long.remainderUnsigned(ticks, unit) * power(NANO - resolution);
        } else {
            long nanos =
                    resolution - NANO > 18
                            ? 0
                            : Long.divideUnsigned(ticks, power(resolution - NANO));
            seconds = Long.divideUnsigned(nanos, SECOND);
            fraction = Long.remainderUnsigned(nanos, SECOND);
        }
        long moved = seconds + offset;
        return seconds < 0 || moved < 0 || moved > LATEST
                ? RecordReader.NO_TIME
                : moved * SECOND + fraction;
    }

    private long binaryFraction(long ticks) {
        if (resolution == 0) {
            return 0;
        }
        if (resolution > 63) {
            return 0;
        }
        long rest = ticks & ((1L << resolution) - 1);
        // 32 bits are more than nanoseconds need, and leave room to multiply
        return resolution > 32
                ? ((rest >>> (resolution - 32)) * SECOND) >>> 32
                : (rest * SECOND) >>> resolution;
    }

    private static long power(int exponent) {
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= 10;
        }
        return value;
    }
}
