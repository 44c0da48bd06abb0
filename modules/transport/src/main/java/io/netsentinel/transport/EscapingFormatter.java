package io.netsentinel.transport;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// One line of text for each log record, whatever is in it: times in UTC, and every character that
/// could move a terminal's cursor, begin a line or turn the reading direction written as an escape.
/// Much of what is logged comes from attackers.
///
/// `2026-11-23T06:25:35.017Z INFO Auth admin signed in from 127.0.0.1`. A stack trace follows in
/// the same line, its lines joined by ` | `.
public final class EscapingFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_FRAMES = 40;
    private static final int LONGEST = 16_384;

    /// Used by the logging configuration.
    public EscapingFormatter() {}

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(Instant.ofEpochMilli(event.getMillis()))).append(' ');
        line.append("%-5s".formatted(level(event.getLevel()))).append(' ');
        line.append(shortName(event.getLoggerName())).append(' ');
        escape(formatMessage(event), line);
        Throwable thrown = event.getThrown();
        while (thrown != null) {
            append(thrown, line);
            thrown = thrown.getCause();
        }
        if (line.length() > LONGEST) {
            line.setLength(LONGEST);
            line.append("…");
        }
        return line.append('\n').toString();
    }

    /// Writes text so that it is one line and shows what it is: backslash, controls (C0, C1, DEL),
    /// line and paragraph separators, format characters (bidirectional controls, zero-width ones,
    /// the byte order mark) and lone surrogates become escapes.
    public static void escape(CharSequence text, StringBuilder out) {
        for (int i = 0; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            i += Character.charCount(point);
            switch (point) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (harmful(point)) {
                        out.append("\\u{").append(Integer.toHexString(point)).append('}');
                    } else {
                        out.appendCodePoint(point);
                    }
                }
            }
        }
    }

    private static boolean harmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }

    private static void append(Throwable thrown, StringBuilder line) {
        line.append(" | ");
        escape(thrown.toString(), line);
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
            line.append(" | at ").append(frames[i]);
        }
    }

    private static String level(Level level) {
        return switch (level.getName()) {
            case "SEVERE" -> "ERROR";
            case "WARNING" -> "WARN";
            case "FINE" -> "DEBUG";
            case "FINER", "FINEST" -> "TRACE";
            default -> level.getName();
        };
    }

    private static String shortName(@org.jspecify.annotations.Nullable String logger) {
        return logger == null ? "-" : logger.substring(logger.lastIndexOf('.') + 1);
    }
}
