package io.netsentinel.integrations.listen;

import java.util.Arrays;

/// Cuts a syslog connection into messages, by both ways of RFC 6587 at once: `LENGTH SP MESSAGE`,
/// or a message up to a line feed or NUL. Each message shows which it is: only a length is followed
/// by a blank and a priority's `<`. Holds no more than one message and its limit.
final class SyslogFramer implements Framer {
    private static final int SAMPLE = 4_096;
    private static final int MOST_DIGITS = 9;

    private final int limit;
    private final Messages messages;

    private byte[] held = new byte[1_024];
    private int size;
    private int searched;

    /// Bytes of an overlong message still to be skipped; -1 for all up to its line feed.
    private long skipping;

    private long skipped;
    private byte[] sample = {};

    /// What a beginning shows.
    private enum Kind {
        UNDECIDED,
        COUNTED,
        LINE
    }

    SyslogFramer(int limit, Messages messages) {
        this.limit = limit;
        this.messages = messages;
    }

    @Override
    public void feed(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (skipping != 0) {
                at = skip(bytes, at, length);
            } else {
                // pieces no larger than the limit, so that no more is ever held
                int piece = Math.min(length - at, limit);
                hold(bytes, at, piece);
                at += piece;
                cut();
            }
        }
    }

    private void hold(byte[] bytes, int from, int length) {
        if (held.length - size < length) {
            held = Arrays.copyOf(held, Math.max(size + length, held.length * 2));
        }
        System.arraycopy(bytes, from, held, size, length);
        size += length;
    }

    /// Takes all whole messages out of what is held.
    private void cut() {
        int at = 0;
        int next = next(at);
        while (next > at) {
            at = next;
            searched = at;
            next = skipping == 0 ? next(at) : at;
        }
        System.arraycopy(held, at, held, 0, size - at);
        size -= at;
        searched = Math.max(0, searched - at);
    }

    /// Takes the message that begins there; the position after it, or the same when it is not
    /// whole.
    private int next(int at) {
        if (at == size) {
            return at;
        }
        if (held[at] == '\n' || held[at] == '\r' || held[at] == 0) {
            return at + 1;
        }
        int digits = digits(at);
        return switch (kind(at, digits)) {
            case UNDECIDED -> at;
            case COUNTED -> counted(at, digits);
            case LINE -> line(at);
        };
    }

    private int digits(int at) {
        int count = 0;
        while (count <= MOST_DIGITS
                && at + count < size
                && held[at + count] >= (count == 0 ? '1' : '0')
                && held[at + count] <= '9') {
            count++;
        }
        return count;
    }

    private Kind kind(int at, int digits) {
        if (digits == 0 || digits > MOST_DIGITS) {
            return Kind.LINE;
        }
        int blank = at + digits;
        if (blank == size) {
            return Kind.UNDECIDED;
        }
        if (held[blank] != ' ') {
            return Kind.LINE;
        }
        if (blank + 1 == size) {
            return Kind.UNDECIDED;
        }
        return held[blank + 1] == '<' ? Kind.COUNTED : Kind.LINE;
    }

    private int counted(int at, int digits) {
        long length = 0;
        for (int i = at; i < at + digits; i++) {
            length = length * 10 + held[i] - '0';
        }
        int start = at + digits + 1;
        if (length > limit) {
            int here = (int) Math.min(size - start, length);
            sample = Arrays.copyOfRange(held, start, start + Math.min(here, SAMPLE));
            skipped = length;
            skipping = length - here;
            if (skipping == 0) {
                endSkipping();
            }
            return start + here;
        }
        if (size - start < length) {
            return at;
        }
        messages.message(held, start, (int) length);
        return start + (int) length;
    }

    private int line(int at) {
        int end = Math.max(at, searched);
        while (end < size && held[end] != '\n' && held[end] != 0) {
            end++;
        }
        searched = end;
        if (end - at > limit) {
            sample = Arrays.copyOfRange(held, at, Math.min(end, at + SAMPLE));
            skipped = (long) end - at;
            if (end == size) {
                skipping = -1;
                return end;
            }
            endSkipping();
            return end + 1;
        }
        if (end == size) {
            return at;
        }
        messages.message(held, at, end - at);
        return end + 1;
    }

    private int skip(byte[] bytes, int from, int length) {
        if (skipping > 0) {
            int more = (int) Math.min(length - from, skipping);
            skipping -= more;
            if (skipping == 0) {
                endSkipping();
            }
            return from + more;
        }
        int end = from;
        while (end < length && bytes[end] != '\n' && bytes[end] != 0) {
            end++;
        }
        skipped += end - from;
        if (end == length) {
            return end;
        }
        endSkipping();
        return end + 1;
    }

    private void endSkipping() {
        messages.overlong(sample, skipped);
        skipping = 0;
        sample = new byte[0];
    }

    @Override
    public void finish() {
        if (skipping != 0) {
            endSkipping();
        } else if (size > 0) {
            messages.message(held, 0, size);
        }
        size = 0;
    }
}
