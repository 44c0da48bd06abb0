package io.netsentinel.queuing;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Checksum of one stored event. H2 checks the headers of its pages but not what is in them, so a
/// flipped bit in an event would be given out as if it were true. Used by one thread at a time.
final class RecordChecksum {

    private static final int FIXED = 3 * Long.BYTES + 1;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer fixed = ByteBuffer.allocate(FIXED);

    int of(long id, LogRecord value) {
        fixed.clear()
                .putLong(id)
                .putLong(value.time())
                .putLong(value.expires())
                .put((byte) value.priority());
        crc.reset();
        crc.update(fixed.flip());
        crc.update(value.payload(), 0, value.payload().length);
        return (int) crc.getValue();
    }

    static int of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
