package io.netsentinel.events;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/// Makes ULIDs: 26 characters of Crockford's base 32, 48 bits of milliseconds and 80 random bits.
///
/// Within one process they rise strictly, also when the clock goes back, so sorting by id is
/// sorting by the order of making. They identify; they are not secrets.
public final class Ulid {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 26;
    private static final int MASK_16 = 0xFFFF;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final SplittableRandom RANDOM =
            new SplittableRandom(new SecureRandom().nextLong());
    private static long lastTime;
    private static int lastHigh;
    private static long lastLow;

    private Ulid() {}

    /// A new id, greater than every one made before by this process.
    public static String next() {
        long now = System.currentTimeMillis();
        LOCK.lock();
        try {
            if (now > lastTime) {
                lastTime = now;
                lastHigh = RANDOM.nextInt() & MASK_16;
                lastLow = RANDOM.nextLong();
            } else {
                increment();
            }
            return encode(lastTime, lastHigh, lastLow);
        } finally {
            LOCK.unlock();
        }
    }

    private static void increment() {
        lastLow++;
        if (lastLow == 0) {
            lastHigh = (lastHigh + 1) & MASK_16;
            if (lastHigh == 0) {
                lastTime++;
            }
        }
    }

    private static String encode(long time, int high, long low) {
        byte[] text = new byte[LENGTH];
        for (int i = 0; i < 10; i++) {
            text[i] = digit(time >>> (45 - 5 * i));
        }
        // the 80 random bits, five at a time: 16 from high, then 64 from low
        for (int i = 0; i < 3; i++) {
            text[10 + i] = digit(high >>> (11 - 5 * i));
        }
        text[13] = digit(((long) high << 4) | (low >>> 60));
        for (int i = 0; i < 12; i++) {
            text[14 + i] = digit(low >>> (55 - 5 * i));
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static byte digit(long bits) {
        return (byte) DIGITS[(int) (bits & 31)];
    }
}
