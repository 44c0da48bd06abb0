package io.netsentinel.app;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// One JSON object per line with ECS names.
final class JsonLines extends Formatter {
    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder("{\"@timestamp\":\"");
        line.append(LogTime.text(record.getInstant()))
                .append("\",\"log.level\":\"")
                .append(LogText.level(record));
        member(line, "log.logger", record.getLoggerName() == null ? "" : record.getLoggerName());
        member(line, "message", LogText.message(record));
        String stack = LogText.stack(record.getThrown());
        if (!stack.isEmpty()) {
            member(line, "error.stack_trace", stack);
        }
        return line.append("\"}\n").toString();
    }

    private static void member(StringBuilder line, String name, String value) {
        line.append("\",\"").append(name).append("\":\"");
        value.codePoints().forEach(c -> append(line, c));
    }

    private static void append(StringBuilder line, int c) {
        switch (c) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\t' -> line.append("\\t");
            default -> line.append(LogText.escape(Character.toString(c)));
        }
    }
}
