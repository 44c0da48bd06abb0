package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.choice;

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
                    "How much is logged, to standard error.");
    public static final Key<LogFormat> LOG_FORMAT =
            Key.of(
                    "log.format",
                    choice(LogFormat.class),
                    LogFormat.TEXT,
                    "How log lines look: for people, or one JSON object each.");

    static final Section SECTION =
            Section.of(
                    "Log of the server",
                    "What the server says about itself.",
                    LOG_LEVEL,
                    LOG_FORMAT);

    private LogKeys() {}
}
