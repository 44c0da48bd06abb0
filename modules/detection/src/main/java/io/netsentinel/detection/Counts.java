package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A number for every severity, as stored: one 64-bit value each, lowest severity first.
final class Counts {
    static final int SEVERITIES = Severity.values().length;

    private Counts() {}

    /// The place of a severity in an array and in a stored key: it must never change, so it is not
    /// the enum's own order.
    static int index(Severity severity) {
        return switch (severity) {
            case INFO -> 0;
            case LOW -> 1;
            case MEDIUM -> 2;
            case HIGH -> 3;
            case CRITICAL -> 4;
        };
    }

    static long[] read(Optional<byte[]> stored) {
        long[] counts = new long[SEVERITIES];
        stored.ifPresent(bytes -> ByteBuffer.wrap(bytes).asLongBuffer().get(counts));
        return counts;
    }

    static byte[] write(long[] counts) {
        ByteBuffer bytes = ByteBuffer.allocate(SEVERITIES * Long.BYTES);
        bytes.asLongBuffer().put(counts);
        return bytes.array();
    }
}
