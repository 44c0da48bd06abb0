package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.choice;
import static io.netsentinel.app.config.ValueTypes.count;

import java.nio.file.Path;

/// The settings under `log`: what the server says about itself.
public final class LogKeys {
    /// How much is logged.
    public enum LogLevel {
        /// What failed and someone must act on now.
        ERROR,
        /// And what will need action.
        WARNING,
        /// And steps in the server's life.
        INFO,
        /// And what helps a developer.
        DEBUG
    }

    /// How log lines look.
    public enum LogFormat {
        /// A line for people.
        TEXT,
        /// One JSON object per line.
        JSON
    }

    public static final Key<LogLevel> LOG_LEVEL =
            Key.of(
                    "log.level",
                    choice(LogLevel.class),
                    LogLevel.INFO,
                    "How much is logged, to standard error or `log.file`.");
    public static final Key<LogFormat> LOG_FORMAT =
            Key.of(
                    "log.format",
                    choice(LogFormat.class),
                    LogFormat.TEXT,
                    "How log lines look: for people, or one JSON object each.");

    public static final Key<Path> LOG_FILE =
            Key.optional(
                    "log.file",
                    PATH,
                    "/var/log/netsentinel/server.log",
                    "A file that gets the lines instead of standard error; full ones become"
                            + " `FILE.1`, `FILE.2` and so on. `logrotate` may be used as well.");
    public static final Key<Long> LOG_FILE_SIZE =
            Key.of("log.file-size", SIZE, 20L << 20, "How large that file may get.");
    public static final Key<Integer> LOG_FILES =
            Key.of("log.files", count("a number", 0, 1_000), 5, "How many full ones are kept.");

    static final Section SECTION =
            Section.of(
                    "Log of the server",
                    "What the server says about itself.",
                    LOG_LEVEL,
                    LOG_FORMAT,
                    LOG_FILE,
                    LOG_FILE_SIZE,
                    LOG_FILES);

    private LogKeys() {}
}
