package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.websocket.WsCloseCodes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One message while and after it is decompressed (RFC 7692 7.2.2). Ends at the first byte that is
/// too many or not UTF-8.
final class InflatedMessage {
    private static final byte[] EMPTY = {};

    /// The four bytes the sender took away, then an empty final block: only a message that is whole
    /// ends with it.
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    private static final int WINDOW = 32 << 10;
    private static final int FIRST_SIZE = 1 << 10;

    /// Final blocks inside a message. Each costs a start from anew.
    private static final int MAX_RESTARTS = 1_000;

    private final int maxLength;
    private final boolean text;
    private final Utf8 utf8 = new Utf8();
    private byte[] bytes = EMPTY;
    private int length;
    private int restarts;
    private long work;

    /// @param maxLength largest decompressed message, bytes
    /// @param text whether it must be UTF-8
    InflatedMessage(int maxLength, boolean text) {
        this.maxLength = maxLength;
        this.text = text;
    }

    /// @throws Violation 1007 for what is not DEFLATE or not UTF-8, 1009 for too much
    void inflate(Inflater inflater, byte[] source, int count) {
        bytes = new byte[capacity(Math.max(FIRST_SIZE, 4L * count))];
        try {
            feed(inflater, source, count);
            if (!inflater.finished()) {
                feed(inflater, TAIL, TAIL.length);
            }
        } catch (DataFormatException e) {
            throw invalid("not compressed as agreed");
        }
        if (!inflater.finished() || inflater.getRemaining() > 0) {
            throw invalid("compressed message is cut off");
        }
        if (text && !utf8.complete()) {
            throw invalid("text is not UTF-8");
        }
    }

    String text() {
        return new String(bytes, 0, length, UTF_8);
    }

    byte[] binary() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /// Bytes produced, and what the restarts cost in such bytes.
    long work() {
        return work;
    }

    private void feed(Inflater inflater, byte[] source, int count) throws DataFormatException {
        inflater.setInput(source, 0, count);
        drain(inflater);
        while (inflater.finished() && inflater.getRemaining() > 0) {
            restart(inflater, source, count);
            drain(inflater);
        }
    }

    private void drain(Inflater inflater) throws DataFormatException {
        while (true) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, capacity(2L * length));
            }
            int added = inflater.inflate(bytes, length, bytes.length - length);
            if (added == 0) {
                return;
            }
            added(added);
        }
    }

    private void added(int count) {
        if (text && !utf8.accept(bytes, length, length + count)) {
            throw invalid("text is not UTF-8");
        }
        length += count;
        work += count;
        if (length > maxLength) {
            throw new Violation(
                    WsCloseCodes.TOO_BIG,
                    "message larger than " + maxLength + " bytes when decompressed");
        }
    }

    /// A final block does not end a message: what follows it goes on, with the same window.
    private void restart(Inflater inflater, byte[] source, int count) {
        if (++restarts > MAX_RESTARTS) {
            throw new Violation(
                    WsCloseCodes.VIOLATED_POLICY, "more than " + MAX_RESTARTS + " final blocks");
        }
        int left = inflater.getRemaining();
        int window = Math.min(length, WINDOW);
        inflater.reset();
        if (window > 0) {
            inflater.setDictionary(bytes, length - window, window);
        }
        inflater.setInput(source, count - left, left);
        work += FIRST_SIZE + window;
    }

    /// One byte more than allowed shows that there is too much.
    private int capacity(long wanted) {
        return (int) Math.min(maxLength + 1L, wanted);
    }

    private static Violation invalid(String rule) {
        return new Violation(WsCloseCodes.NOT_CONSISTENT, rule);
    }
}
