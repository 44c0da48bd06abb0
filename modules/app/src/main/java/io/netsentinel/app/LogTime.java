package io.netsentinel.app;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times in log lines: UTC, always three decimals.
final class LogTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private LogTime() {}

    static String text(Instant time) {
        return FORMAT.format(time);
    }
}
