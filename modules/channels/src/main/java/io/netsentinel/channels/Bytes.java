package io.netsentinel.channels;

import io.netsentinel.events.MessagePack;
import java.util.Arrays;

/// A growing array for messages.
final class Bytes {
    private static final int LONGEST_NUMBER = 20;

    private byte[] array;
    private int length;

    Bytes(int capacity) {
        this.array = new byte[capacity];
    }

    int length() {
        return length;
    }

    /// Forgets what was written after a place.
    void cut(int to) {
        length = to;
    }

    Bytes put(char ascii) {
        room(1);
        array[length++] = (byte) ascii;
        return this;
    }

    Bytes put(byte[] more) {
        return put(more, 0, more.length);
    }

    Bytes put(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, array, length, count);
        length += count;
        return this;
    }

    /// Text that needs no escape.
    Bytes put(String ascii) {
        int count = ascii.length();
        room(count);
        for (int i = 0; i < count; i++) {
            array[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
        return this;
    }

    /// A number that is not negative.
    Bytes put(long number) {
        room(LONGEST_NUMBER);
        int end = length + digits(number);
        long rest = number;
        for (int at = end - 1; at >= length; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
        return this;
    }

    /// A number that is not negative, in MessagePack.
    Bytes packed(long number) {
        room(LONGEST_NUMBER);
        length = MessagePack.put(array, length, number);
        return this;
    }

    /// How many digits a number has that is not negative.
    static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /// Leaves bytes free, to be written later.
    Bytes skip(int bytes) {
        room(bytes);
        length += bytes;
        return this;
    }

    /// What was written from a place on.
    byte[] from(int start) {
        return start == 0 && length == array.length
                ? array
                : Arrays.copyOfRange(array, start, length);
    }

    private void room(int more) {
        int needed = Math.addExact(length, more);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
        }
    }
}
