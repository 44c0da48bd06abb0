package io.netsentinel.detection;

import java.time.Instant;

/// The key of an alert's row: event time, then offset, so that a table scan lists alerts by time
/// without sorting. Twelve hexadecimal digits each, joined by a dash.
final class SortKey {
    private static final long MAX = (1L << 48) - 1;

    /// How far a sensor's clock may run ahead; a later event time would pin its alert to the top of
    /// every list.
    private static final long MAX_AHEAD_MS = 60_000;

    private SortKey() {}

    static String of(long eventMillis, long commitMillis, long offset) {
        long time = Math.min(eventMillis, commitMillis + MAX_AHEAD_MS);
        return hex(time) + "-" + hex(offset);
    }

    /// The lowest key of that moment.
    static String from(Instant time) {
        return hex(millis(time));
    }

    static long offset(String key) {
        return Long.parseLong(key.substring(13), 16);
    }

    static long time(String key) {
        return Long.parseLong(key.substring(0, 12), 16);
    }

    static boolean valid(String key) {
        return key.length() == 25
                && key.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }

    static String hex(long value) {
        String digits = Long.toHexString(Math.clamp(value, 0, MAX));
        return "0".repeat(12 - digits.length()) + digits;
    }

    private static long millis(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return time.getEpochSecond() > MAX / 1000 ? MAX : time.toEpochMilli();
    }
}
