package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Knows compressed files by their first bytes, whatever they are called.
final class Compressed {
    private static final int GZIP = 0x1F8B;
    private static final int BZIP2 = 0x425A;
    private static final int ZIP = 0x504B;
    private static final int XZ = 0xFD37;
    private static final int ZSTD = 0x28B5;
    private static final int LZ4 = 0x0422;

    private Compressed() {}

    static boolean is(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(2);
        if (channel.read(head, 0) < 2) {
            return false;
        }
        return switch (head.getShort(0) & 0xFFFF) {
            case GZIP, BZIP2, ZIP, XZ, ZSTD, LZ4 -> true;
            default -> false;
        };
    }
}
