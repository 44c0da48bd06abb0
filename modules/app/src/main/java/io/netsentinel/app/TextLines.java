package io.netsentinel.app;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// `2026-11-23T06:00:00.123Z INFO Server message`, a stack trace indented below it.
final class TextLines extends Formatter {
    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder();
        line.append(LogTime.text(record.getInstant())).append(' ');
        line.append(LogText.level(record)).append(' ');
        line.append(LogText.logger(record)).append(' ');
        line.append(LogText.message(record)).append('\n');
        LogText.stack(record.getThrown())
                .lines()
                .forEach(frame ->
                        line.append("    ").append(LogText.escape(frame.strip())).append('\n'));
        return line.toString();
    }
}
