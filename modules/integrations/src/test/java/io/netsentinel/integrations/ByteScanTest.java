package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteScanTest {
    /// Beside what is looked for, the bytes that differ from it by one bit or by one.
    private static final byte[] VALUES = {
        '\n', '\n' - 1, '\n' + 1, 0, 1, 0x7F, -1, -128, '\n' - 128
    };

    private final Random random = new Random(1);

    @Test
    void findsTheFirstLineFeedWhereverItStands() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(round % 2 == 0 ? 3 : 9);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }

            assertThat(ByteScan.lineFeed(bytes, from, to)).isEqualTo(expected < to ? expected : -1);
        }
    }

    @Test
    void tellsAsciiFromTheRest() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(6 + round % 2);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            boolean expected = true;
            for (int i = from; i < to; i++) {
                expected &= bytes[i] >= 0;
            }

            assertThat(ByteScan.ascii(bytes, from, to)).isEqualTo(expected);
        }
    }

    /// Mostly one value, and a few of the first so many.
    private byte[] bytes(int values) {
        byte[] bytes = new byte[random.nextInt(40)];
        java.util.Arrays.fill(bytes, (byte) ('\n' + 1));
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = VALUES[random.nextInt(values)];
        }
        return bytes;
    }
}
