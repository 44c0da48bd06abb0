package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// How far a stream was read.
///
/// @param id the last entry that was read: `MILLISECONDS-NUMBER`
/// @param read how many entries the stream ever got up to that one
record StreamPosition(String id, long read) {
    static final StreamPosition START = new StreamPosition("0-0", 0);

    /// What [#encode()] made.
    static Optional<StreamPosition> decode(byte[] bytes) {
        String[] parts = new String(bytes, UTF_8).split(" ", -1);
        if (parts.length != 2
                || !parts[0].matches("[0-9]{1,20}-[0-9]{1,20}")
                || !parts[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new StreamPosition(parts[0], Long.parseLong(parts[1])));
    }

    byte[] encode() {
        return (id + " " + read).getBytes(UTF_8);
    }

    /// One entry on.
    StreamPosition next(String entry) {
        return new StreamPosition(entry, read + 1);
    }

    /// Whether it comes after another entry.
    boolean after(String other) {
        return compare(id, other) > 0;
    }

    /// Whether it comes before another entry.
    boolean before(String other) {
        return compare(id, other) < 0;
    }

    private static int compare(String a, String b) {
        String[] left = a.split("-", 2);
        String[] right = b.split("-", 2);
        int millis = Long.compareUnsigned(number(left[0]), number(right[0]));
        return millis != 0 ? millis : Long.compareUnsigned(number(left[1]), number(right[1]));
    }

    private static long number(String text) {
        return Long.parseUnsignedLong(text);
    }
}
