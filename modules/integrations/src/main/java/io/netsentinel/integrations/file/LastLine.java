package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Finds where the last complete line of a file ends.
final class LastLine {
    private static final int STEP = 64 * 1024;

    private LastLine() {}

    /// Position after the last line end; 0 when there is none.
    static long end(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(STEP);
        long to = channel.size();
        while (to > 0) {
            long from = Math.max(0, to - STEP);
            buffer.clear().limit((int) (to - from));
            int count = channel.read(buffer, from);
            for (int i = count - 1; i >= 0; i--) {
                if (buffer.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            to = from;
        }
        return 0;
    }
}
