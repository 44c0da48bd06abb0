package io.netsentinel.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// What both kinds of log line share. Whatever a message contains, it cannot end its line, move the
/// cursor or turn the direction of writing: such characters are shown as `\\uXXXX`.
final class LogText {
    private static final Formatter MESSAGES =
            new Formatter() {
                @Override
                public String format(LogRecord record) {
                    return formatMessage(record);
                }
            };

    private LogText() {}

    static String level(LogRecord record) {
        int level = record.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    /// The last part of the logger's name.
    static String logger(LogRecord record) {
        String name = record.getLoggerName() == null ? "" : record.getLoggerName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static String message(LogRecord record) {
        return escape(MESSAGES.format(record));
    }

    static String stack(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (unsafe(c)) {
                        escaped.append(String.format("\\u%04x", c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }

    private static boolean unsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }
}
