package io.netsentinel.app.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as Suricata writes them: `2026-06-01T12:00:02.503293+0000`.
final class EveTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.UTC);

    private EveTime() {}

    static Instant parse(String text) {
        return FORMAT.parse(text, Instant::from);
    }

    static String text(Instant time) {
        return FORMAT.format(time);
    }
}
